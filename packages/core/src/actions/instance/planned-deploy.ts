import type { GroupPlan } from '../../deploy/deploy-plan.ts'
import { nameOf } from '../../instances/group-instances.ts'
import type { Bundle } from '../../ports/bundles.ts'

/** A deploy as --dry-run shows it: who would get what, in which order. */
export function plannedLines(
  plans: readonly GroupPlan[],
  bundles: ReadonlyMap<string, Bundle>,
  hasCanary: boolean,
): string[] {
  return plans.flatMap(({ group, region, instances }) => {
    const { fields, name } = group
    const named = new Set(plans.map((plan) => plan.group.name))
    const waitsFor = (fields.depends_on ?? []).filter((each) => named.has(each))
    const after = waitsFor.length === 0 ? '' : `, after ${waitsFor.join(', ')}`
    const bundle = bundles.get(name)
    const size = `${String(Math.ceil((bundle?.archive.length ?? 0) / 1024))} KiB`
    return [
      `${name} in ${region}${after}: bundle ${bundle?.digest.slice(0, 12) ?? ''} (${size})`,
      ...instances.map((instance, index) => {
        const canary = hasCanary && index === 0 && instances.length > 1 ? '  canary' : ''
        return `  ${instance.id}  ${nameOf(instance)}${canary}`.trimEnd()
      }),
    ]
  })
}

export function plannedData(plans: readonly GroupPlan[], bundles: ReadonlyMap<string, Bundle>): object {
  return {
    dry_run: true,
    bundles: Object.fromEntries([...bundles].map(([group, { digest }]) => [group, digest])),
    hosts: plans.flatMap(({ group, instances }) =>
      instances.map((instance) => ({
        group: group.name,
        id: instance.id,
        name: nameOf(instance),
        zone: instance.zone,
        status: 'to do',
      })),
    ),
  }
}
