import type { Operation } from '../../operation.ts'

export const addressOperations: Operation[] = []
