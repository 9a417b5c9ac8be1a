import type { Operation } from '../../operation.ts'

export const instanceOperations: Operation[] = []
