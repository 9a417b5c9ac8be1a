import type { CloudCall } from '../action.ts'
import type { PackerFile } from '../generated-files/packer-file.ts'
import { roleFile, withNestedRoles } from '../generated-files/role-file.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import { buildLeftovers, removeLeftovers } from './build-leftovers.ts'
import { type Builder, buildKeyPrefix, buildText } from './builder.ts'
import { imageDigest } from './image-digest.ts'
import { buildTag, digestTag, imageTags } from './image-tags.ts'
import { sourceImage } from './source-image.ts'

export interface BuiltImage {
  group: string
  region: string
  id: string
  digest: string
  /** `unchanged` where an image of the same digest was there. */
  status: 'built' | 'unchanged' | 'to build'
}

interface Wanted {
  cloud: Cloud
  project: string
  group: Group
  template: PackerFile
}

/**
 * The image of a group as it is wanted now: the one that there is of the same digest, else a new one. What killed builds of the
 * group have left is removed first. Throws PackageError: those of the ports.
 */
export async function buildImage(
  call: CloudCall,
  wanted: Wanted,
  { force, dryRun }: { force: boolean; dryRun: boolean },
): Promise<BuiltImage> {
  const { cloud, project, group, template } = wanted
  const source = await sourceImage(cloud, group)
  const roles = withNestedRoles(call.nodes, group).map(roleFile)
  const digest = await imageDigest(call.files, group, { template, roles, sourceImageId: source.id })
  const base = { group: group.name, region: cloud.region, digest }
  const same = await cloud.ownImages({ ...imageTags(project, group.name), [digestTag]: digest })
  const known = same.find(({ state }) => state === 'available')
  if (known && !force) return { ...base, id: known.id, status: 'unchanged' }
  if (dryRun) return { ...base, id: '', status: 'to build' }
  await clearUp(call, wanted)
  return { ...base, id: await build(call, wanted, digest), status: 'built' }
}

async function clearUp(call: CloudCall, { cloud, project, group }: Wanted): Promise<void> {
  const witness = { now: call.clock.now(), isAlive: (id: number) => call.run.isAlive(id) }
  const place = { project, group: group.name }
  const left = await buildLeftovers(cloud, place, builderOf(call), witness)
  const ids = [...left.instances.map(({ id }) => id), ...left.keyPairs.map(({ name }) => name)]
  if (ids.length === 0) return
  const text = `${group.name}: removing what a killed build has left: ${ids.join(', ')}`
  call.report({ level: 'warning', code: 'BUILD_LEFTOVERS', group: group.name, text, data: { ids } })
  await removeLeftovers({ cloud, clock: call.clock }, left)
}

async function build(
  call: CloudCall,
  { cloud, project, group, template }: Wanted,
  digest: string,
): Promise<string> {
  const { name } = group
  const me = buildText({ ...builderOf(call), startedAt: call.clock.now() })
  const commit = await call.commit()
  const tags = {
    ...imageTags(project, name),
    ...group.fields.tags,
    [digestTag]: digest,
    [buildTag]: me,
    'package:version': call.run.version,
    ...(commit !== undefined && { 'package:commit': commit }),
  }
  const imageId = await call.packer.build(
    {
      group: name,
      region: cloud.region,
      templatePath: template.file.path,
      tags,
      keyPairName: buildKeyPrefix(project, name) + me,
      logPath: `.package/logs/${call.run.id}/${name}.log`,
    },
    (line) => call.report({ level: 'info', code: 'PACKER', group: name, text: `${name}: ${line}` }),
  )
  if (template.lostTags.length > 0) await tagWhatPackerCannot(cloud, group, template, imageId)
  return imageId
}

/** Packer renders what looks like its own templates, so tags that hold `{{` are set afterwards. */
async function tagWhatPackerCannot(
  cloud: Cloud,
  { fields }: Group,
  { lostTags }: PackerFile,
  imageId: string,
): Promise<void> {
  const image = await cloud.image(imageId)
  const lost = Object.entries(fields.tags ?? {}).filter(([key]) => lostTags.includes(key))
  await cloud.tag([imageId, ...(image?.snapshotIds ?? [])], Object.fromEntries(lost))
}

function builderOf({ run, operator }: CloudCall): Builder {
  return { runId: run.id, operator, processId: run.processId }
}
