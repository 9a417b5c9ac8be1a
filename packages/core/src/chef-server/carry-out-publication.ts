import { PackageError } from '../errors.ts'
import { atOnce } from '../plan/at-once.ts'
import { canonicalJson } from './canonical-json.ts'
import { mostRequests, type PlannedPublication } from './plan-publication.ts'
import type { PublicationRecord, Publications } from './publication-record.ts'

/** What came of the writes. */
interface Written {
  done: Set<PlannedPublication>
  failures: Map<PlannedPublication, PackageError>
}

/**
 * Writes what differs. The record says before that the old and the new copy are ours, and afterwards that the new one is: cut off
 * anywhere, a later run finds no conflict with this one. Throws PackageError: partial, with each object that was not published; where the
 * server itself failed before anything was written, its failure.
 */
export async function carryOutPublication(
  record: PublicationRecord,
  published: Publications,
  planned: readonly PlannedPublication[],
): Promise<void> {
  const changed = planned.filter(({ status }) => status !== 'unchanged')
  if (changed.length > 0) await record.write(new Map(changed.map(eitherDigest)))
  const written = await writeAll(changed)
  const isOurs = (each: PlannedPublication) => each.status === 'unchanged' || written.done.has(each)
  const ours = planned.filter((each) => isOurs(each) && !isKnown(published, each))
  try {
    if (ours.length > 0) await record.write(new Map(ours.map(newDigest)))
  } catch (error) {
    // What it said before is enough for the next run; which objects failed is not said again.
    if (!(error instanceof PackageError) || written.failures.size === 0) throw error
  }
  refuseFailures(changed, written)
}

/**
 * Tries every object, until the server fails so that none of them could be written: failing takes as long as several attempts do, and
 * where nothing was written meanwhile, it fails for all.
 */
async function writeAll(changed: readonly PlannedPublication[]): Promise<Written> {
  const done = new Set<PlannedPublication>()
  const failures = new Map<PlannedPublication, PackageError>()
  let isDown = false
  await atOnce(mostRequests, changed, async (each) => {
    if (isDown) return
    const doneBefore = done.size
    try {
      await write(each)
      done.add(each)
    } catch (error) {
      if (!(error instanceof PackageError)) throw error
      failures.set(each, error)
      isDown ||= !concernsOneObject(error) && done.size === doneBefore
    }
  })
  return { done, failures }
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

/** The address is right, and the client known: the lists that were read before say so. */
const ofOneObject: ReadonlySet<string> = new Set([
  'CHEF_ANSWER',
  'CHEF_NOT_ALLOWED',
  'CHEF_NOT_FOUND',
  'CHEF_REFUSED',
])

function concernsOneObject({ kind, code }: PackageError): boolean {
  return kind === 'conflict' || ofOneObject.has(code)
}

function refuseFailures(changed: readonly PlannedPublication[], { done, failures }: Written): void {
  const [first] = failures.values()
  if (first === undefined) return
  const isOfServer = done.size === 0 && ![...failures.values()].some(concernsOneObject)
  if (changed.length === 1 || isOfServer) throw first
  const untried = changed.filter((each) => !done.has(each) && !failures.has(each))
  const problems = [...failures].map(([{ publishable }, { message }]) => `${publishable.title} (${message})`)
  if (untried.length > 0) {
    problems.push(`not tried: ${untried.map(({ publishable }) => publishable.title).join(', ')}`)
  }
  const count = String(changed.length - done.size)
  throw new PackageError(
    'partial',
    'PUBLISHED_IN_PART',
    `${count} of ${String(changed.length)} objects were not published: ${problems.join('; ')}`,
    { hint: 'see to these; the same command then publishes the rest' },
  )
}
