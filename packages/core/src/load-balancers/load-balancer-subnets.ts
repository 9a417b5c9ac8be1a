import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import type { LoadBalancer } from '../groups/node-group.ts'
import type { LaunchPlace } from '../instances/launch-place.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Subnet } from '../ports/cloud/networks.ts'
import { loadBalancerType } from './wanted-load-balancer.ts'

/**
 * The subnets of a group's load balancer, one in each zone: those that it names, else those that the group's instances can be in, and
 * of these the ones that the load balancer is in already.
 * Throws PackageError (config) for subnets that a load balancer cannot have, or that its instances' zones are not among.
 */
export async function loadBalancerSubnets(
  cloud: Pick<Cloud, 'region' | 'subnetsNamed'>,
  group: Group,
  declared: LoadBalancer,
  place: LaunchPlace,
  inUse: readonly string[],
): Promise<string[]> {
  const { subnets: ids = [] } = declared
  const named = ids.length > 0
  const candidates = named ? await subnetsNamed(cloud, group.name, ids, place.vpcId) : place.subnets
  const subnets = named ? candidates : onePerZone(candidates, inUse)
  refuseZones(group.name, declared, subnets, place)
  return subnets.map(({ id }) => id).sort()
}

/** One subnet of each zone: the one in use, else the first by its id, so that it is the same one every time. */
export function onePerZone(subnets: readonly Subnet[], inUse: readonly string[]): Subnet[] {
  const rank = ({ id }: Subnet) => (inUse.includes(id) ? 0 : 1)
  const inOrder = [...subnets].sort((a, b) => rank(b) - rank(a) || (a.id < b.id ? 1 : -1))
  return [...new Map(inOrder.map((subnet) => [subnet.zone, subnet])).values()]
}

/** Throws PackageError (config) where AWS would refuse these subnets, or would send some instances nothing. */
export function refuseZones(
  group: string,
  declared: LoadBalancer,
  subnets: readonly Subnet[],
  place: LaunchPlace,
): void {
  const zones = subnets.map(({ zone }) => zone)
  const twice = zones.find((zone, index) => zones.indexOf(zone) !== index)
  if (twice !== undefined) {
    throw refused(`the load balancer of ${group} has two subnets in ${twice}`, 'name one subnet of each zone')
  }
  if (loadBalancerType(declared) === 'application' && zones.length < 2) {
    throw refused(
      `the load balancer of ${group} has subnets in ${zones.join()} only, and an application load balancer needs two zones`,
      'name subnets in two zones or more',
    )
  }
  // Targets in a zone that is not enabled get no traffic and no health check (Elastic Load Balancing, "Target health status").
  const without = place.subnets.find(({ zone }) => !zones.includes(zone))
  if (without !== undefined) {
    throw refused(
      `the load balancer of ${group} has no subnet in ${without.zone}, where instances of the group can be`,
      `add one in ${without.zone}, or keep the group out of that zone with "zones"`,
    )
  }
}

async function subnetsNamed(
  cloud: Pick<Cloud, 'region' | 'subnetsNamed'>,
  group: string,
  ids: readonly string[],
  vpcId: string,
): Promise<Subnet[]> {
  const subnets = await cloud.subnetsNamed(ids)
  const wrong = ids.filter((id) => !subnets.some((subnet) => subnet.id === id && subnet.vpcId === vpcId))
  if (wrong.length === 0) return subnets
  throw refused(
    `${wrong.join(', ')} of the load balancer of ${group} is no subnet of ${vpcId} in ${cloud.region}`,
    'correct them',
  )
}

function refused(message: string, hint: string): PackageError {
  const where = 'load_balancer.subnets in nodes.json'
  return new PackageError('config', 'LOAD_BALANCER_SUBNETS', message, { hint: `${where}: ${hint}` })
}
