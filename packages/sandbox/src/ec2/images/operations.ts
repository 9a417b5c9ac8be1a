import type { Operation } from '../../operation.ts'

export const imageOperations: Operation[] = []
