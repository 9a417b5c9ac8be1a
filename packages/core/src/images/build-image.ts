import type { CloudCall } from '../action.ts'
import { bundleParts } from '../deploy/bundle-parts.ts'
import { PackageError } from '../errors.ts'
import type { PackerFile } from '../generated-files/packer-file.ts'
import { roleFile, withNestedRoles } from '../generated-files/role-file.ts'
import type { Group } from '../groups/nodes.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { Image } from '../ports/cloud/images.ts'
import { buildLogPath, derivedTemplatePath } from './build-files.ts'
import { buildTraces, livingBuild, type BuildTraces } from './build-traces.ts'
import { buildKeyPrefix, buildText } from './builder.ts'
import { builderOf, clearUpDone, clearUpFailed, clearUpKilled, witnessOf } from './clear-up-builds.ts'
import { imageDigest } from './image-digest.ts'
import { buildTag, bundleTag, digestTag, imageTags } from './image-tags.ts'
import { sourceImage } from './source-image.ts'

export interface BuiltImage {
  group: string
  region: string
  id: string
  digest: string
  /** `unchanged` where an image of the same digest was there. */
  status: 'built' | 'unchanged' | 'to build'
}

interface WantedImage {
  cloud: Cloud
  project: string
  group: Group
  template: PackerFile
}

/** Whether an image of a group is to be built. */
export interface ImagePlan extends WantedImage {
  digest: string
  /** The image that there is of the same digest; missing where one is to be built. */
  known: Image | undefined
  /** Whether it is built whatever there is, also beside somebody else's build. */
  isForced: boolean
}

/** Looks for the image of a group as it is wanted now; not with `force`. Throws PackageError: those of the ports. */
export async function planImage(call: CloudCall, wanted: WantedImage, force: boolean): Promise<ImagePlan> {
  const { cloud, project, group, template } = wanted
  const source = await sourceImage(cloud, group)
  const roles = withNestedRoles(call.nodes, group).map(roleFile)
  const digest = await imageDigest(call.files, group, { template, roles, sourceImageId: source.id })
  if (force) return { ...wanted, digest, known: undefined, isForced: true }
  const same = await cloud.ownImages({ ...imageTags(project, group.name), [digestTag]: digest })
  return { ...wanted, digest, known: same.find(({ state }) => state === 'available'), isForced: false }
}

/**
 * Carries out a plan. What killed builds of the group have left is removed first; of a known image, tags that a run which was
 * killed has not set any more are set. Throws PackageError: those of the ports, and conflict where somebody else is building one.
 */
export async function buildImage(call: CloudCall, plan: ImagePlan, dryRun: boolean): Promise<BuiltImage> {
  const { cloud, project, group, digest, known } = plan
  const base = { group: group.name, region: cloud.region, digest }
  if (dryRun) return { ...base, id: known?.id ?? '', status: known ? 'unchanged' : 'to build' }
  const traces = await buildTraces(cloud, { project, group: group.name })
  await clearUpKilled(call, plan, traces)
  if (known) {
    await tagWhatPackerCannot(plan, known)
    await tagBundle(call, plan, known)
    return { ...base, id: known.id, status: 'unchanged' }
  }
  if (!plan.isForced) refuseSecondBuild(call, group, traces)
  const id = await buildOrClearUp(call, plan)
  await clearUpDone(call, plan)
  await tagWhatPackerCannot(plan, await cloud.image(id))
  return { ...base, id, status: 'built' }
}

function refuseSecondBuild(call: CloudCall, { name }: Group, traces: BuildTraces): void {
  const living = livingBuild(traces, builderOf(call), witnessOf(call))
  if (living === undefined) return
  const { operator, runId } = living
  throw new PackageError('conflict', 'BUILD_RUNNING', `${name}: ${operator} is building it: run ${runId}`, {
    hint: 'wait until it is done, and run the same command again; --force builds beside it',
  })
}

async function buildOrClearUp(call: CloudCall, plan: ImagePlan): Promise<string> {
  try {
    return await build(call, plan)
  } catch (error) {
    await clearUpFailed(call, plan, error)
    throw error
  }
}

async function build(
  call: CloudCall,
  { cloud, project, group, template, digest }: ImagePlan,
): Promise<string> {
  const { name } = group
  const me = buildText({ ...builderOf(call), startedAt: call.clock.now() })
  const commit = await call.commit()
  const tags = {
    ...imageTags(project, name),
    ...group.fields.tags,
    [digestTag]: digest,
    [bundleTag]: await bundleDigest(call, group),
    [buildTag]: me,
    'package:version': call.run.version,
    ...(commit !== undefined && { 'package:commit': commit }),
  }
  return call.packer.build(
    {
      group: name,
      region: cloud.region,
      templatePath: template.file.path,
      derivedPath: derivedTemplatePath(call.run.id, template.file.path),
      tags,
      keyPairName: buildKeyPrefix(project, name) + me,
      logPath: buildLogPath(call.run.id, name),
    },
    (line) => call.report({ level: 'info', code: 'PACKER', group: name, text: `${name}: ${line}` }),
  )
}

async function bundleDigest(call: CloudCall, group: Group): Promise<string> {
  return (await call.bundles.pack(bundleParts(call, group).parts)).digest
}

/** An image of the same digest converges the same, also where the bundle differs: in other groups of nodes.json, say. */
async function tagBundle(call: CloudCall, { cloud, group }: ImagePlan, { id, tags }: Image): Promise<void> {
  const digest = await bundleDigest(call, group)
  if (tags[bundleTag] !== digest) await cloud.tag([id], { [bundleTag]: digest })
}

/** Packer renders what looks like its own templates, so tags that hold `{{` are set afterwards. */
async function tagWhatPackerCannot(
  { cloud, group, template }: ImagePlan,
  image: Image | undefined,
): Promise<void> {
  const isMissing = ([key, value]: [string, string]) =>
    template.lostTags.includes(key) && image?.tags[key] !== value
  const missing = Object.entries(group.fields.tags ?? {}).filter(isMissing)
  if (image === undefined || missing.length === 0) return
  await cloud.tag([image.id, ...image.snapshotIds], Object.fromEntries(missing))
}
