import { alignColumns } from '../align-columns.ts'
import { leftText } from '../../autoscale/left-behind.ts'
import { waysOnText } from './not-running.ts'
import type { GroupStatus, InstanceStatus, OwnerStatus, VersionStatus } from './group-status.ts'

/** Of more instances, healthy ones are only counted: those that are not are what is looked for. */
const mostHealthyShown = 20

const keepsText = 'has instances that are protected from scale-in or in standby'

const shownPhases: ReadonlyMap<string, string> = new Map([
  ['failed', 'failed, kept'],
  ['deleting', 'being taken down'],
  ['unknown', 'phase not known'],
])

/** A group's status for people: a head line, below it each version with its instances, and what an update would do. */
export function statusLines(status: GroupStatus): string[] {
  const { group, versions, pending } = status
  return [
    `${group}: ${headline(status)}`,
    ...versions.flatMap(versionLines),
    ...(pending.length === 0
      ? []
      : [
          status.unknown === undefined
            ? `  package autoscale:update ${group} would:`
            : '  from the image that it has, it would:',
          ...pending.map((line) => `    ${line}`),
        ]),
  ]
}

function headline(status: GroupStatus): string {
  const { group, keeps, left } = status
  const texts: Record<GroupStatus['status'], string> = {
    absent:
      left === undefined
        ? `does not run; package autoscale:run ${group} starts it`
        : `does not run; ${leftText(group, left)}`,
    'at work': 'somebody is at work on it',
    'half deleted': [
      'half deleted',
      ...(keeps === undefined ? [] : [`${keeps} ${keepsText}`]),
      waysOnText(group),
    ].join('; '),
    unfinished:
      keeps === undefined
        ? 'a run was cut off; the next one goes on with it'
        : `${keeps}, which is not in charge any more, ${keepsText}; once they are free, package autoscale:update ${group} ends them`,
    'up to date': 'up to date',
    outdated: reasons(status),
    unknown: notPossible(status),
  }
  return texts[status.status]
}

function notPossible(status: GroupStatus): string {
  const { unknown = '', hint, versions } = status
  return [
    `an update is not possible: ${unknown}`,
    ...(hint === undefined ? [] : [hint]),
    ...comparison(status),
    ...(versions.some(({ owner }) => owner)
      ? ['after that, the next run goes on with one that was cut off']
      : []),
  ].join('; ')
}

/** Whether the files say what runs, as far as that is known without an image. */
function comparison({ files_differ, pending }: GroupStatus): string[] {
  if (files_differ === undefined) return []
  if (files_differ) return ['the files say something else of its instances']
  return [pending.length > 0 ? 'settings differ from the files' : 'the files say what runs']
}

function reasons({
  group,
  versions,
  newer_image,
  files_differ,
  template_gone,
  failed = [],
}: GroupStatus): string {
  const found = [
    ...(newer_image === undefined ? [] : [`a newer image, ${newer_image}`]),
    ...(files_differ === true ? ['what the files say of its instances'] : []),
    ...(template_gone === true
      ? ['somebody has deleted the launch template version that it starts from']
      : []),
  ]
  const kept = failed.length === 0 ? [] : [`${failed.join(', ')} failed and is kept to be looked at`]
  if (found.length > 0) return [...kept, `an update would replace it: ${found.join(', and ')}`].join('; ')
  if (kept.length === 0) return 'settings differ from the files; no instance would be replaced'
  const isServed = versions.some(({ phase }) => phase === 'live')
  return [
    ...kept,
    isServed ? 'an update removes it' : `nothing serves; package autoscale:run ${group} starts another`,
  ].join('; ')
}

function versionLines(version: VersionStatus): string[] {
  const { name, phase, image, digest, commit, owner, suspended, settings } = version
  const facts = [
    ['image', image ?? 'not known'],
    ['digest', digest === '' ? 'not known' : digest.slice(0, 12)],
    ['commit', short(commit) ?? 'not known'],
    ...(owner === undefined ? [] : [[owner.at_work ? 'at work' : 'cut off', ownerText(owner)]]),
    ...(suspended.length === 0 ? [] : [['suspended', suspended.join(', ')]]),
    ...settings.map(({ kind, name: setting, declared, text }) => [
      kind,
      declared ? text : `${setting} (not of nodes.json)`,
    ]),
  ]
  return [
    `  ${name}  ${shownPhases.get(phase) ?? phase}  ${countsText(version)}`,
    ...alignColumns(facts.map(([what = '', text = '']) => [`    ${what}`, text])),
    ...instanceLines(version.instances, phase === 'failed' ? 'kept' : 'healthy'),
  ]
}

/** What is emptied wants none: it is said how many are left. Of what has failed, nobody says that it is healthy. */
function countsText({ phase, sizes: { min, max, desired }, healthy, instances }: VersionStatus): string {
  const left = instances.length
  if (max === 0) return `${String(left)} ${left === 1 ? 'instance' : 'instances'} left`
  const inService = instances.filter(({ state }) => state === 'InService').length
  const counted =
    phase === 'failed'
      ? `${String(inService)} of ${String(desired)} in service`
      : `${String(healthy)} of ${String(desired)} healthy`
  return `${counted}, ${String(min)} to ${String(max)}`
}

function instanceLines(instances: readonly InstanceStatus[], fine: string): string[] {
  const ordered = [
    ...instances.filter(({ healthy }) => !healthy),
    ...instances.filter(({ healthy }) => healthy),
  ]
  const unhealthy = ordered.filter(({ healthy }) => !healthy).length
  const shown = ordered.slice(0, Math.max(mostHealthyShown, unhealthy))
  const more = ordered.length - shown.length
  const rows = shown.map(({ id, zone, state, waits_for }) => [
    `    ${id}`,
    zone,
    state,
    waits_for === '' ? fine : waits_for,
  ])
  return [...alignColumns(rows), ...(more === 0 ? [] : [`    and ${String(more)} more ${fine}`])]
}

function ownerText({ operator, run, process, seconds_ago }: OwnerStatus): string {
  return `${operator}, run ${run}, process ${String(process)}, seen ${String(seconds_ago)} s ago`
}

/** As git shortens them. */
function short(commit: string | undefined): string | undefined {
  return commit?.replace(/^([0-9a-f]{12})[0-9a-f]+/, '$1')
}
