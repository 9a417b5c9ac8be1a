import { cloudAction, type CloudCall } from '../../action.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { groupTags, isLive, ownedInstances } from '../../instances/group-instances.ts'
import { ownerOf, ownerTags } from '../../ownership.ts'
import { atOnce } from '../../plan/at-once.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import { alignColumns } from '../align-columns.ts'
import { instanceData, type InstanceData } from './instance-data.ts'

/** Regions asked at the same time. */
const most = 8

export const instanceList = cloudAction({
  name: 'instance:list',
  summary: 'List the instances of the groups: their names, states and addresses',
  operands: '[group...]',
  options: {},
  examples: [
    ['package instance:list', 'all instances of the project in this environment'],
    ['package instance:list bigchaindb --output json', 'those of one group, for a program'],
  ],
  async run(call) {
    const { nodes, operands, clouds } = call
    const groups = selectGroups(nodes, operands)
    const regions = [...new Set(groups.map((group) => clouds.regionOf(group)))]
    const found = await atOnce(most, regions, (region) => instancesIn(call, region, groups))
    const instances = found.flat().filter(isLive).map(instanceData).sort(byGroupAndName)
    return { data: { instances }, lines: linesOf(instances) }
  },
})

/** One call for each region, or for the one group that was named. A bare command lists those of groups that are gone from nodes.json too. */
async function instancesIn(
  { nodes, operands, environment, clouds }: CloudCall,
  region: string,
  groups: readonly Group[],
): Promise<Instance[]> {
  const owner = ownerOf(nodes.settings, environment)
  const [only] = operands.length === 1 ? groups : []
  const tags = only ? groupTags(owner, only.name) : ownerTags(owner)
  const instances = await ownedInstances(clouds.in(region), owner, tags)
  const named = new Set(groups.map(({ name }) => name))
  return operands.length === 0 ? instances : instances.filter((each) => named.has(each.tags['group'] ?? ''))
}

function byGroupAndName(a: InstanceData, b: InstanceData): number {
  const key = ({ group, name, launched_at, id }: InstanceData) => [group, name, launched_at, id].join('\0')
  return key(a) < key(b) ? -1 : 1
}

function linesOf(instances: readonly InstanceData[]): string[] {
  if (instances.length === 0) return ['no instances']
  const rows = instances.map((each) => [
    each.group,
    each.name,
    each.id,
    each.state,
    each.type,
    each.zone,
    each.private_ip ?? '-',
    each.public_ip ?? '-',
  ])
  const head = ['GROUP', 'NAME', 'INSTANCE', 'STATE', 'TYPE', 'ZONE', 'PRIVATE', 'PUBLIC']
  return alignColumns([head, ...rows])
}
