import type { LoadBalancers } from '../ports/cloud/load-balancers.ts'

export interface InstanceTargetHealth {
  /** In every target group. */
  isHealthy: boolean
  /** What it is where it is not healthy; empty otherwise. */
  text: string
}

/**
 * The health of every instance that is in one of these target groups. One that is in none of them is left out; one that is missing in
 * some is not healthy. Target groups that no listener uses, whose targets are all unused, have no say; undefined where none has. Failures
 * are those of the port.
 */
export async function targetHealthOf(
  cloud: Pick<LoadBalancers, 'targetHealth'>,
  targetGroupArns: readonly string[],
): Promise<Map<string, InstanceTargetHealth> | undefined> {
  const all = await Promise.all(
    targetGroupArns.map(async (arn) => ({ name: nameOf(arn), targets: await cloud.targetHealth(arn) })),
  )
  const groups = all.filter(
    ({ targets }) => targets.length === 0 || targets.some(({ state }) => state !== 'unused'),
  )
  if (groups.length === 0) return undefined
  const ids = new Set(groups.flatMap(({ targets }) => targets.map(({ instanceId }) => instanceId)))
  const sick = new Map<string, string[]>([...ids].map((id) => [id, []]))
  for (const { name, targets } of groups) {
    const present = new Set(targets.map(({ instanceId }) => instanceId))
    for (const [id, texts] of sick) if (!present.has(id)) texts.push(`not in ${name}`)
    for (const { instanceId, state, reason } of targets) {
      if (state === 'healthy') continue
      const why = reason === '' ? '' : `: ${reason}`
      sick.get(instanceId)?.push(`${state} in ${name}${why}`)
    }
  }
  return new Map(
    [...sick].map(([id, texts]) => [id, { isHealthy: texts.length === 0, text: texts.join('; ') }]),
  )
}

/** `arn:…:targetgroup/<name>/<id>` */
function nameOf(arn: string): string {
  return arn.split('/')[1] ?? arn
}
