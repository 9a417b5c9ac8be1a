import type { LogIn } from '../instances/remote-host.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { GroupPlan } from './deploy-plan.ts'

/** By commands of Systems Manager; the bundle lies in a bucket. */
export interface SsmWay {
  bucket: string
  /** Whether all running instances of the groups are meant. */
  areWholeGroups: boolean
}

/** What is deployed to whom, and how. */
export interface DeployOrder {
  plans: readonly GroupPlan[]
  bundles: ReadonlyMap<string, Bundle>
  via: { ssh: LogIn } | { ssm: SsmWay }
  parallel: number
  hasCanary: boolean
  whyRun: boolean
  /** How many hosts may fail before no new ones are begun. */
  mostErrors: number
  /** In milliseconds, of a connection, or of what an agent runs. */
  timeout: number
}

/** Throws for a group without a bundle: one was made of each that is deployed to. */
export function bundleOf({ bundles }: Pick<DeployOrder, 'bundles'>, { group }: GroupPlan): Bundle {
  const bundle = bundles.get(group.name)
  if (bundle === undefined) throw new Error(`no bundle was made of ${group.name}`)
  return bundle
}
