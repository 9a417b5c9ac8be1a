import { PackageError } from '../errors.ts'
import { atOnce } from '../plan/at-once.ts'
import { canonicalJson } from './canonical-json.ts'
import { mostRequests, type PlannedPublication } from './plan-publication.ts'
import type { PublicationRecord, Publications } from './publication-record.ts'

/**
 * Writes what differs. The record says before that the old and the new copy are ours, and afterwards that the new one is: cut off
 * anywhere, a later run finds no conflict with this one. Throws PackageError: partial where the server refused some objects.
 */
export async function carryOutPublication(
  record: PublicationRecord,
  published: Publications,
  planned: readonly PlannedPublication[],
): Promise<void> {
  const changed = planned.filter(({ status }) => status !== 'unchanged')
  if (changed.length > 0) await record.write(new Map(changed.map(eitherDigest)))
  const failures = new Map<PlannedPublication, PackageError>()
  await atOnce(mostRequests, changed, async (each) => {
    try {
      await write(each)
    } catch (error) {
      if (!(error instanceof PackageError) || !concernsOneObject(error)) throw error
      failures.set(each, error)
    }
  })
  const ours = planned.filter((each) => !failures.has(each) && !isKnown(published, each))
  if (ours.length > 0) await record.write(new Map(ours.map(newDigest)))
  refuseFailures(changed.length, failures)
}

function eitherDigest({ publishable, currentDigest, wantedDigest }: PlannedPublication): [string, string[]] {
  const digests = [currentDigest, wantedDigest].filter((digest) => digest !== undefined)
  return [publishable.title, digests]
}

function newDigest({ publishable, wantedDigest }: PlannedPublication): [string, string[]] {
  return [publishable.title, [wantedDigest]]
}

/** Whether the record already said, before this run, that exactly this is on the server. */
function isKnown(
  published: Publications,
  { publishable, status, wantedDigest }: PlannedPublication,
): boolean {
  const digests = published.get(publishable.title) ?? []
  return status === 'unchanged' && digests.length === 1 && digests[0] === wantedDigest
}

/** The server cannot refuse a write because of another one: looking right before it leaves only milliseconds. */
async function write({ publishable, current }: PlannedPublication): Promise<void> {
  const { objects, name, wanted, title } = publishable
  const copy = current === undefined ? undefined : await objects.read(name)
  if (current !== undefined && copy !== undefined) {
    const isAsRead = canonicalJson(publishable.comparable(copy)) === canonicalJson(current)
    if (!isAsRead) throw changedMeanwhile(title)
    return objects.replace(name, wanted)
  }
  if ((await objects.create(name, wanted)) === 'created') return
  // It may be our own: an answer that was lost makes the request be sent again.
  const made = await objects.read(name)
  const isOurs = made && canonicalJson(publishable.comparable(made)) === canonicalJson(wanted)
  if (isOurs !== true) throw changedMeanwhile(title)
}

function changedMeanwhile(title: string): PackageError {
  return new PackageError('conflict', 'CHEF_CONFLICT', `somebody else has changed ${title} just now`, {
    hint: 'run the same command again',
  })
}

function concernsOneObject({ kind, code }: PackageError): boolean {
  return kind === 'conflict' || code === 'CHEF_NOT_ALLOWED' || code === 'CHEF_REFUSED'
}

function refuseFailures(tried: number, failures: ReadonlyMap<PlannedPublication, PackageError>): void {
  const [first] = failures.values()
  if (first === undefined) return
  if (tried === 1) throw first
  const problems = [...failures].map(([{ publishable }, { message }]) => `${publishable.title} (${message})`)
  throw new PackageError(
    'partial',
    'PUBLISHED_IN_PART',
    `${String(failures.size)} of ${String(tried)} objects were not published: ${problems.join('; ')}`,
    { hint: 'see to these; the same command then publishes the rest' },
  )
}
