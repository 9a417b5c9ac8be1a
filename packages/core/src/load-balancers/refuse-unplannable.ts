import { PackageError } from '../errors.ts'
import type { ActualLoadBalancer } from './read-load-balancer.ts'
import type { WantedLoadBalancer } from './wanted-load-balancer.ts'

/**
 * Throws PackageError (conflict) where somebody else's has a name that is needed, or where AWS cannot change what there is to what is
 * wanted.
 */
export function refuseUnplannable(wanted: WantedLoadBalancer, actual: ActualLoadBalancer): void {
  const [foreign] = actual.foreign
  if (foreign !== undefined) {
    const { what, name, arn, missing } = foreign
    const tags = Object.entries(missing).map(([key, value]) => `Key=${key},Value=${value}`)
    throw new PackageError(
      'conflict',
      'LOAD_BALANCER_FOREIGN',
      `there is a ${what} ${name}, as that of ${wanted.group} is to be named, without the tags of this project`,
      {
        hint: `delete it; if it is yours: aws elbv2 add-tags --resource-arns ${arn} --tags ${tags.join(' ')}`,
      },
    )
  }
  const [fixed] = fixedDifferences(wanted, actual)
  if (fixed === undefined) return
  throw new PackageError(
    'conflict',
    'LOAD_BALANCER_FIXED',
    `${fixed.what} of ${wanted.group} ${fixed.is}, and nodes.json wants ${fixed.wanted}: AWS cannot change that`,
    {
      hint: `put nodes.json back, or make a new one, which gets another DNS name: set "load_balancer" of ${wanted.group} to false, package autoscale:update ${wanted.group}, declare it again, and update again`,
    },
  )
}

interface FixedDifference {
  /** Of which the difference is, with its name. */
  what: string
  is: string
  wanted: string
}

function fixedDifferences(
  wanted: WantedLoadBalancer,
  { loadBalancer, targetGroups }: ActualLoadBalancer,
): FixedDifference[] {
  const elsewhere = targetGroups
    .filter(({ name, vpcId }) => isWanted(wanted, name) && vpcId !== wanted.vpcId)
    .map(({ name, vpcId }) => ({
      what: `the target group ${name}`,
      is: `is in ${vpcId}`,
      wanted: wanted.vpcId,
    }))
  if (loadBalancer === undefined) return elsewhere
  const what = `the load balancer ${loadBalancer.name}`
  const members = (['type', 'scheme', 'vpcId'] as const)
    .filter((member) => loadBalancer[member] !== wanted[member])
    .map((member) => ({ what, is: `is ${inWords(member, loadBalancer[member])}`, wanted: wanted[member] }))
  return [...members, ...elsewhere, ...wornDifference(what, wanted, loadBalancer.securityGroupIds)]
}

/**
 * A network load balancer has security groups from the start or never (Elastic Load Balancing, "Security groups for your Network Load
 * Balancer").
 */
function wornDifference(
  what: string,
  wanted: WantedLoadBalancer,
  actual: readonly string[],
): FixedDifference[] {
  const { type, securityGroupIds } = wanted
  if (type !== 'network' || (securityGroupIds.length === 0) === (actual.length === 0)) return []
  return securityGroupIds.length === 0
    ? [{ what, is: 'has security groups', wanted: 'none' }]
    : [{ what, is: 'was made without security groups', wanted: 'some' }]
}

function isWanted({ listeners }: WantedLoadBalancer, name: string): boolean {
  return listeners.some(({ targetGroup }) => targetGroup.name === name)
}

function inWords(member: 'type' | 'scheme' | 'vpcId', value: string): string {
  return { type: `of the type ${value}`, scheme: value, vpcId: `in ${value}` }[member]
}
