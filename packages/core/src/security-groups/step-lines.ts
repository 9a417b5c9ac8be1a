import { permissionText } from './permission.ts'
import type { SecurityGroupStep } from './plan-security-groups.ts'

/** What a step does, for people: a line for a group that is made, a `+` or `-` for each rule. */
export function stepLines(step: SecurityGroupStep): string[] {
  if (step.do === 'create-security-group') return [`create security group ${step.awsName}`]
  const sign = step.do === 'authorize-ingress' ? '+' : '-'
  return step.permissions.map((permission) => `${sign} ${permissionText(permission)}`)
}
