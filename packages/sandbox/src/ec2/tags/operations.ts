import type { Operation } from '../../operation.ts'

export const tagOperations: Operation[] = []
