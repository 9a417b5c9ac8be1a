import type { Operation } from '../../operation.ts'

export const securityGroupOperations: Operation[] = []
