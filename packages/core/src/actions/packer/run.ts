import { cloudAction, planOnly, type CloudCall, type Outcome } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { exitCodeOf, PackageError } from '../../errors.ts'
import type { PackerFile } from '../../generated-files/packer-file.ts'
import { rewriteStale } from '../../generated-files/rewrite-stale.ts'
import { roleFile, withNestedRoles } from '../../generated-files/role-file.ts'
import { warnOfChef } from '../../generated-files/warn-of-chef.ts'
import { warnOfImage } from '../../generated-files/warn-of-image.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { buildImage, planImage, type BuiltImage, type ImagePlan } from '../../images/build-image.ts'
import { ownerOf } from '../../ownership.ts'
import { atOnce } from '../../plan/at-once.ts'

const usualParallel = 2

const options = {
  parallel: {
    type: 'string',
    alias: 'n',
    summary: `How many images are built at the same time (default ${String(usualParallel)})`,
  },
  force: { type: 'boolean', summary: 'Build also where an image of the same contents exists' },
  ...planOnly,
} as const

/** What became of the image of one group. */
type Result = { image: BuiltImage } | Failure

interface Failure {
  group: string
  error: PackageError
}

export const packerRun = cloudAction({
  name: 'packer:run',
  summary: 'Build the image of each group with Packer, unless one of the same contents exists',
  operands: '[group...]',
  options,
  examples: [
    ['package packer:run 12_04-bee', 'one image; prints its id'],
    ['package packer:run -n 4', 'of all groups, four at a time'],
    ['package packer:run --dry-run', 'which images are out of date'],
  ],
  async run(call) {
    const { nodes, operands, files, report } = call
    const groups = selectGroups(nodes, operands)
    const parallel = parallelOf(call.options.parallel)
    const dryRun = call.options['dry-run']
    const templates = await madeFiles(call, groups, dryRun)
    warnOfChef(files, nodes, groups, report)
    for (const template of templates.values()) warnOfImage(template, report)
    const regions = new Set(groups.map((group) => call.clouds.regionOf(group)))
    for (const region of regions) await announceAccount(call, call.clouds.in(region))
    const results = await atOnce(parallel, groups, (group) => resultOf(call, group, templates))
    return outcomeOf(results, dryRun)
  },
})

/** The templates, on disk as they have to be with the roles, unless nothing may change; says which were not. */
async function madeFiles(
  call: CloudCall,
  groups: readonly Group[],
  dryRun: boolean,
): Promise<Map<string, PackerFile>> {
  const { nodes, files } = call
  const { packerFiles } = await import('../../generated-files/packer-file.ts')
  const templates = await packerFiles(files, nodes, groups)
  const byGroup = new Map(templates.map((template) => [template.group, template]))
  if (dryRun) return byGroup
  for (const group of groups) {
    const roles = withNestedRoles(nodes, group).map(roleFile)
    const template = byGroup.get(group.name)
    await rewriteStale(call, group.name, [...roles, ...(template ? [template.file] : [])])
  }
  return byGroup
}

/** One failure does not stop the others. Throws PackageError (config) where Packer is needed and missing: no other fares better. */
async function resultOf(
  call: CloudCall<typeof options>,
  group: Group,
  templates: ReadonlyMap<string, PackerFile>,
): Promise<Result> {
  const dryRun = call.options['dry-run']
  const plan = await orFailure(group, () => planOf(call, group, templates))
  if ('error' in plan) return plan
  if (plan.known === undefined && !dryRun) await call.packer.version()
  return orFailure(group, async () => ({ image: await buildImage(call, plan, dryRun) }))
}

async function planOf(
  call: CloudCall<typeof options>,
  group: Group,
  templates: ReadonlyMap<string, PackerFile>,
): Promise<ImagePlan> {
  const { clouds, nodes, environment } = call
  const template = templates.get(group.name)
  if (template === undefined) throw new Error(`no template was made of ${group.name}`)
  const { project } = ownerOf(nodes.settings, environment)
  const wanted = { cloud: clouds.in(clouds.regionOf(group)), project, group, template }
  return planImage(call, wanted, call.options.force)
}

async function orFailure<T>({ name }: Group, work: () => Promise<T>): Promise<T | Failure> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    return { group: name, error }
  }
}

function outcomeOf(results: readonly Result[], dryRun: boolean): Outcome {
  const failed = results.flatMap((result) => ('error' in result ? [result] : []))
  const [first] = failed
  const cancelled = failed.find(({ error }) => error.kind === 'cancelled')
  if (cancelled) throw cancelled.error
  if (first && results.length === 1) throw first.error
  const images = results.flatMap((result) => ('image' in result ? [result.image] : []))
  const lines = images.map(({ group, id, status }) => `${status.padEnd(9)}  ${group}  ${id}`.trimEnd())
  const data = {
    dry_run: dryRun,
    images,
    failed: failed.map(({ group, error: { code, message, hint } }) => ({
      group,
      code,
      text: message,
      ...(hint !== undefined && { hint }),
    })),
  }
  if (failed.length === 0) return { data, lines: lines.length === 0 ? ['nothing to do'] : lines }
  const failures = failed.flatMap(({ group, error }) => [
    `failed     ${group}  ${error.message}`,
    ...(error.hint === undefined ? [] : [`           ${error.hint}`]),
  ])
  return { data, lines: [...lines, ...failures], exit: exitCodeOf.partial }
}

function parallelOf(text: string | undefined): number {
  if (text === undefined) return usualParallel
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= 100) return count
  throw new PackageError('usage', 'OPTION_VALUE', `--parallel is ${JSON.stringify(text)}`, {
    hint: 'it is a number from 1 to 100',
  })
}
