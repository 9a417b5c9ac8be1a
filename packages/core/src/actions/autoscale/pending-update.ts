import type { CloudCall } from '../../action.ts'
import { hasTemplate, type Fleet } from '../../autoscale/fleet.ts'
import { prepareRollout, type GroupSite, type PreparedRollout } from '../../autoscale/prepare-rollout.ts'
import { plannedRollout } from '../../autoscale/roll-out.ts'
import { PackageError } from '../../errors.ts'
import type { GroupStatus } from './group-status.ts'

export type PendingUpdate = Pick<
  GroupStatus,
  'status' | 'pending' | 'newer_image' | 'files_differ' | 'template_gone' | 'unknown' | 'hint'
>

/** What an update would do and why. Gives one also where no update could be made, with the reason. */
export function pendingUpdate(call: CloudCall, site: GroupSite, fleet: Fleet): Promise<PendingUpdate> {
  return unless(
    () => fromNewestImage(call, site, fleet),
    (error) =>
      error.code === 'NO_IMAGE'
        ? unless(() => withoutImage(call, site, fleet, unknown(error)), unknown)
        : unknown(error),
  )
}

async function fromNewestImage(call: CloudCall, site: GroupSite, fleet: Fleet): Promise<PendingUpdate> {
  const prepared = await prepareRollout(call, site, plan)
  const { goal, image } = prepared
  const pending = await plannedRollout(site, fleet, prepared)
  if (pending.length === 0) return { status: 'up to date', pending }
  const { live } = fleet
  if (live && !hasTemplate(fleet, live)) return { status: 'outdated', pending, template_gone: true }
  if (live === undefined || goal.template.digest === live.digest) return { status: 'outdated', pending }
  if (image === undefined || image.id === runningImage(fleet)) {
    return { status: 'outdated', pending, files_differ: true }
  }
  const compared = await fromRunningImage(call, site, fleet)
  const files_differ = compared?.goal.template.digest !== live.digest
  return { status: 'outdated', pending, newer_image: image.id, files_differ }
}

/** What the files would change all the same. */
async function withoutImage(
  call: CloudCall,
  site: GroupSite,
  fleet: Fleet,
  why: PendingUpdate,
): Promise<PendingUpdate> {
  const compared = await fromRunningImage(call, site, fleet)
  if (compared === undefined) return why
  const pending = await plannedRollout(site, fleet, compared)
  return { ...why, pending, files_differ: compared.goal.template.digest !== fleet.live?.digest }
}

const plan = { ami: undefined, force: false, mode: 'plan' } as const

/** Somebody may have deregistered it since. Undefined where it is not known. */
async function fromRunningImage(
  call: CloudCall,
  site: GroupSite,
  fleet: Fleet,
): Promise<PreparedRollout | undefined> {
  const comparedImageId = runningImage(fleet)
  return comparedImageId === undefined ? undefined : prepareRollout(call, site, { ...plan, comparedImageId })
}

function runningImage({ templates, live }: Fleet): string | undefined {
  return templates.find(({ version }) => version === live?.template)?.imageId
}

function unknown({ message, hint }: PackageError): PendingUpdate {
  return { status: 'unknown', pending: [], unknown: message, ...(hint !== undefined && { hint }) }
}

async function unless(
  work: () => Promise<PendingUpdate>,
  otherwise: (error: PackageError) => PendingUpdate | Promise<PendingUpdate>,
): Promise<PendingUpdate> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof PackageError)) throw error
    return otherwise(error)
  }
}
