import type { Report } from '../ports/report.ts'
import { permissionText } from './permission.ts'
import type { SecurityGroupPlan, SecurityGroupStep } from './plan-security-groups.ts'

/** Warns of descriptions, which AWS does not let anybody change. */
export function reportDescriptionDrift(report: Report, { descriptionDrift }: SecurityGroupPlan): void {
  for (const { name, id, actual, declared } of descriptionDrift) {
    report({
      level: 'warning',
      code: 'SECURITY_GROUP_DESCRIPTION',
      text: `${name} (${id}) is described as ${JSON.stringify(actual)} in AWS, not ${JSON.stringify(declared)}; AWS cannot change a description`,
      data: { security_group: name, id, actual, declared },
    })
  }
}

/** Warns of rules that are not declared, of which a launch takes none away. */
export function reportSurplus(report: Report, revocations: readonly SecurityGroupStep[]): void {
  for (const step of revocations) {
    if (step.do !== 'revoke-ingress') continue
    report({
      level: 'warning',
      code: 'SECURITY_GROUP_DRIFT',
      text: `${step.name} lets in what nodes.json does not declare: ${step.permissions.map(permissionText).join('; ')}; package security:sync takes it away`,
      data: { security_group: step.name, surplus: step.permissions },
    })
  }
}
