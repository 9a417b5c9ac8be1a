import { PackageError } from '../errors.ts'
import { ownerOf } from '../ownership.ts'
import type { Nodes } from '../groups/nodes.ts'
import type { ChefServer } from '../ports/chef-server.ts'
import type { Files } from '../ports/files.ts'
import type { Report } from '../ports/report.ts'
import { carryOutPublication } from './carry-out-publication.ts'
import { planPublication, type PlannedPublication } from './plan-publication.ts'
import { publicationRecord } from './publication-record.ts'
import type { Publishable } from './publishable.ts'

export interface Published {
  publishable: Publishable
  status: 'created' | 'updated' | 'unchanged'
  /** With --dry-run: what differs from the server's copy. */
  diff?: string
}

interface Publication {
  files: Pick<Files, 'digest'>
  nodes: Nodes
  report: Report
  server: ChefServer
  dryRun: boolean
  /** Also where somebody else has changed the server's copy. */
  overwrite: boolean
}

/**
 * Makes the Chef Server have these objects, and writes only those that differ; what differs is told first. Throws PackageError: config
 * for a project without a name, conflict when somebody else has changed an object (then nothing is written), partial when
 * the server refuses some of them, and whatever the server's port throws.
 */
export async function publish(
  publication: Publication,
  publishables: readonly Publishable[],
): Promise<Published[]> {
  const { files, nodes, report, server, dryRun, overwrite } = publication
  const record = publicationRecord(server, ownerOf(nodes.settings, undefined).project)
  report({
    level: 'info',
    code: 'CHEF_SERVER',
    text: `Chef Server ${server.url}, as client ${server.clientName}`,
    data: { url: server.url, client_name: server.clientName },
  })
  if (isOverheard(server.url)) {
    const text = `${server.url} is not encrypted: everybody on the way can read what is published`
    report({ level: 'warning', code: 'CHEF_UNENCRYPTED', text })
  }
  const published = await record.read()
  const planned = await planPublication(files, publishables, published)
  await refuseConflicts(planned, report, overwrite)
  if (dryRun) return Promise.all(planned.map(dry))
  for (const each of planned) if (hasOther(each)) await tellDifference(each, report)
  await carryOutPublication(record, published, planned)
  return planned.map(({ publishable, status }) => ({ publishable, status: done(status) }))
}

/** `created    role role-web`, or with --dry-run what differs. */
export function publishedLines(published: readonly Published[]): string[] {
  return published.map(({ publishable, status, diff }) => diff ?? `${status.padEnd(9)}  ${publishable.title}`)
}

/** Not on this machine itself. */
function isOverheard(url: string): boolean {
  return url.startsWith('http:') && !/^http:\/\/(127\.|localhost\b|\[::1\])/.test(url)
}

async function refuseConflicts(
  planned: readonly PlannedPublication[],
  report: Report,
  overwrite: boolean,
): Promise<void> {
  const conflicts = overwrite ? [] : planned.filter(({ status }) => status === 'conflict')
  if (conflicts.length === 0) return
  for (const conflict of conflicts) await tellDifference(conflict, report)
  const titles = conflicts.map(({ publishable }) => publishable.title).join(', ')
  throw new PackageError(
    'conflict',
    'CHEF_CONFLICT',
    `on the Chef Server somebody else has made or changed ${titles}; nothing was written`,
    { hint: 'take over here what is shown above as removed, or write over it with --overwrite' },
  )
}

function hasOther({ status }: PlannedPublication): boolean {
  return status === 'updated' || status === 'conflict'
}

async function tellDifference({ publishable, current }: PlannedPublication, report: Report): Promise<void> {
  const { title, wanted } = publishable
  const text = await publishable.difference(current, wanted)
  report({ level: 'info', code: 'CHEF_DIFFERENCE', text, data: { object: title } })
}

async function dry({ publishable, current, status }: PlannedPublication): Promise<Published> {
  if (status === 'unchanged') return { publishable, status }
  return {
    publishable,
    status: done(status),
    diff: await publishable.difference(current, publishable.wanted),
  }
}

function done(status: PlannedPublication['status']): Published['status'] {
  return status === 'conflict' ? 'updated' : status
}
