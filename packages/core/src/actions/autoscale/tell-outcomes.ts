import type { CloudCall, planOnly } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import type { Group } from '../../groups/nodes.ts'
import type { GroupOutcome } from './group-outcome.ts'

type Work = (group: Group) => Promise<GroupOutcome>

/** The same work, which tells of each of several groups as soon as it is done: the others may take long. Of one, the result says it at once. */
export function tellOutcomes(
  { report, options }: CloudCall<typeof planOnly>,
  groups: readonly Group[],
  work: Work,
): Work {
  if (groups.length < 2 || options['dry-run']) return work
  return async (group) => {
    const { name } = group
    try {
      const outcome = await work(group)
      const { status } = outcome
      report({ level: 'info', code: 'GROUP_DONE', group: name, text: `${name}: ${status}`, data: { status } })
      return outcome
    } catch (error) {
      if (!(error instanceof PackageError) || error.kind === 'cancelled') throw error
      const { code, message } = error
      const text = message.includes(name) ? message : `${name}: ${message}`
      report({ level: 'warning', code: 'GROUP_FAILED', group: name, text, data: { error: code } })
      throw error
    }
  }
}
