import { cloudAction } from '../../action.ts'
import { announceAccount } from '../../announce-account.ts'
import { findCookbooks } from '../../chef/cookbooks.ts'
import { missingRecipes } from '../../chef/missing-recipes.ts'
import { bundleParts } from '../../deploy/bundle-parts.ts'
import { carryOutDeploy } from '../../deploy/carry-out-deploy.ts'
import { checkDataBags } from '../../deploy/check-data-bags.ts'
import { deployPlan, isAutoscaled, type GroupPlan } from '../../deploy/deploy-plan.ts'
import { lastRun, unconverged } from '../../deploy/ledger.ts'
import { foretellDrift, seeToSuccessors } from '../../deploy/see-to-successors.ts'
import { readSuccessors } from '../../deploy/successors.ts'
import { runState } from '../../deploy/run-state.ts'
import { exitCodeOf, PackageError } from '../../errors.ts'
import { autoscaleDnaFile } from '../../generated-files/dna-file.ts'
import { rewriteStale } from '../../generated-files/rewrite-stale.ts'
import { roleFile, withNestedRoles } from '../../generated-files/role-file.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroups } from '../../groups/select-groups.ts'
import { ownedInstances } from '../../instances/group-instances.ts'
import { loginOf } from '../../instances/remote-host.ts'
import { ownerOf, ownerTags } from '../../ownership.ts'
import { atOnce } from '../../plan/at-once.ts'
import type { Bundle } from '../../ports/bundles.ts'
import {
  checkLast,
  deployNumbers,
  deployOptions,
  type DeployCall,
  type DeployNumbers,
} from './deploy-options.ts'
import { deployWay } from './deploy-way.ts'
import { deployOutcome, lastOutcome } from './deploy-outcome.ts'
import { plannedLines, plannedData } from './planned-deploy.ts'

/** Regions asked, and bundles packed, at the same time. */
const most = 8

export const instanceDeploy = cloudAction({
  name: 'instance:deploy',
  summary: 'Bring every running instance of the groups up to date: upload what changed, and run Chef',
  operands: '[group...]',
  options: deployOptions,
  examples: [
    ['package instance:deploy', 'every instance of every group, in the order of depends_on'],
    ['package instance:deploy ftp-processor -n 20', 'those of a group, twenty at a time'],
    ['package instance:deploy --retry-failed', 'only what did not converge when it was last deployed to'],
    ['package instance:deploy web --via ssm -n 50 --max-errors 10%', 'a fleet, by AWS Systems Manager'],
    ['package instance:deploy web --why-run', 'what Chef would change there'],
  ],
  async run(call) {
    const { options, files, stop } = call
    const numbers = deployNumbers(call)
    if (options.last) {
      checkLast(call)
      const record = lastRun(files, () => true)
      return lastOutcome(record, runState(record, call))
    }
    const via = deployWay(call)
    const plans = await planOf(call)
    const dryRun = options['dry-run']
    if (plans.length === 0) return { data: { dry_run: dryRun, hosts: [] }, lines: ['nothing to do'] }
    const bundles = await bundlesOf(call, plans)
    const successors = await readSuccessors(call, plans)
    if (dryRun) {
      foretellDrift(call, plans, { bundles, successors })
      return { data: plannedData(plans, bundles), lines: plannedLines(plans, bundles, !options['no-canary']) }
    }
    if ('ssh' in via) call.shell.checkClient()
    stop.heed()
    await rewriteFiles(call, plans)
    const record = await carryOutDeploy(call, { plans, bundles, via, ...orderOf(call, numbers, plans) })
    const outcome = deployOutcome(record, stop.isAsked())
    if (stop.isAsked() || options['why-run']) return outcome
    const isWhole = await seeToSuccessors(call, plans, { bundles, successors }, record)
    return isWhole ? outcome : { ...outcome, exit: outcome.exit ?? exitCodeOf.partial }
  },
})

function orderOf({ options }: DeployCall, numbers: DeployNumbers, plans: readonly GroupPlan[]) {
  const hosts = plans.reduce((sum, { instances }) => sum + instances.length, 0)
  return {
    parallel: numbers.parallel,
    timeout: numbers.timeout,
    mostErrors: numbers.mostErrors(hosts),
    hasCanary: !options['no-canary'],
    whyRun: options['why-run'],
  }
}

/** Throws PackageError (conflict) where a named group has no instance that is meant, or nobody has the Name. */
async function planOf(call: DeployCall): Promise<GroupPlan[]> {
  const { options, operands, nodes, files, shell } = call
  const groups = selectGroups(nodes, operands)
  if (options.key !== undefined) shell.checkKeyFile(options.key)
  const failed = options['retry-failed']
    ? unconverged(files, (run) => run.why_run === options['why-run'])
    : undefined
  const plans = deployPlan(await withInstances(call, groups), {
    name: options.name,
    ids: failed,
  })
  if (options.via !== 'ssm') for (const { group } of plans) loginOf(group, options.user)
  const without = groups.filter((group) => !plans.some((plan) => plan.group === group))
  const isNobody = options.name !== undefined && plans.length === 0
  if ((isNobody || (operands.length > 0 && without.length > 0)) && failed === undefined) {
    const names = without.map(({ name }) => name).join(', ')
    const asked = options.name === undefined ? '' : ` named ${options.name}`
    throw new PackageError('conflict', 'NO_INSTANCE', `no instance of ${names}${asked} runs`, {
      hint: `package instance:list ${without.map(({ name }) => name).join(' ')}`,
    })
  }
  return plans
}

/** One call for each region. */
async function withInstances(call: DeployCall, groups: readonly Group[]) {
  const { clouds, nodes, environment } = call
  const owner = ownerOf(nodes.settings, environment)
  const regions = [...new Set(groups.map((group) => clouds.regionOf(group)))]
  for (const region of regions) await announceAccount(call, clouds.in(region))
  const found = await atOnce(most, regions, async (region) => {
    const instances = await ownedInstances(clouds.in(region), owner, ownerTags(owner))
    return [region, instances] as const
  })
  const inRegion = new Map(found)
  return groups.map((group) => {
    const region = clouds.regionOf(group)
    const all = inRegion.get(region) ?? []
    return { group, region, instances: all.filter(({ tags }) => tags['group'] === group.name) }
  })
}

async function bundlesOf(call: DeployCall, plans: readonly GroupPlan[]): Promise<Map<string, Bundle>> {
  checkDataBags(
    call.files,
    plans.map(({ group }) => group),
  )
  warnOfRecipes(call, plans)
  const bundles = await atOnce(most, plans, async ({ group }) => {
    const { parts, missingDataBags } = bundleParts(call, group)
    if (missingDataBags.length > 0) {
      const text = `${group.name}: data_bags/ has no ${missingDataBags.join(', ')}; the bundle is made without`
      call.report({ level: 'warning', code: 'DATA_BAG_MISSING', group: group.name, text })
    }
    return [group.name, await call.bundles.pack(parts)] as const
  })
  return new Map(bundles)
}

function warnOfRecipes({ files, nodes, report }: DeployCall, plans: readonly GroupPlan[]): void {
  const folders = findCookbooks(files, nodes)
  for (const { group } of plans) {
    for (const finding of missingRecipes(files, folders, group)) {
      const text = `${group.name}: ${finding.text}`
      report({ level: 'warning', code: 'RECIPE_MISSING', group: group.name, text })
    }
  }
}

async function rewriteFiles(call: DeployCall, plans: readonly GroupPlan[]): Promise<void> {
  for (const { group, instances } of plans) {
    const dna = instances.some(isAutoscaled) ? [autoscaleDnaFile(group)] : []
    await rewriteStale(call, group.name, [...withNestedRoles(call.nodes, group).map(roleFile), ...dna])
  }
}
