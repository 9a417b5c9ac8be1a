import type { Operation } from '../../operation.ts'

export const volumeOperations: Operation[] = []
