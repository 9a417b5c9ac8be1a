import type { Operation } from '../../operation.ts'

export const snapshotOperations: Operation[] = []
