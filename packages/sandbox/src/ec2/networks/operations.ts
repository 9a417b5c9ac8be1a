import type { Operation } from '../../operation.ts'

export const networkOperations: Operation[] = []
