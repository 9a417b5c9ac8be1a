import type { Operation } from '../../operation.ts'

export const zoneOperations: Operation[] = []
