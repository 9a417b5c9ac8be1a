import type { JsonObject } from '../groups/json.ts'
import { atOnce } from '../plan/at-once.ts'
import type { Files } from '../ports/files.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Publications } from './publication-record.ts'
import type { Publishable } from './publishable.ts'

/** Chef Servers answer more requests at a time, but each of them signs, checks and searches. */
export const mostRequests = 10

export type PublicationStatus = 'created' | 'updated' | 'unchanged' | 'conflict'

export interface PlannedPublication {
  publishable: Publishable
  status: PublicationStatus
  /** The server's copy, as it can be compared. */
  current: JsonObject | undefined
  currentDigest: string | undefined
  wantedDigest: string
}

/**
 * What has to be done for each object. A conflict is one whose copy on the server is neither wanted nor what the project has last
 * published: somebody else made or changed it.
 */
export async function planPublication(
  files: Pick<Files, 'digest'>,
  publishables: readonly Publishable[],
  published: Publications,
): Promise<PlannedPublication[]> {
  const names = await namesOnServer(publishables)
  return atOnce(mostRequests, publishables, async (publishable) => {
    const isThere = names.get(publishable.objects)?.has(publishable.name) === true
    const copy = isThere ? await publishable.objects.read(publishable.name) : undefined
    const current = copy && publishable.comparable(copy)
    const wantedDigest = await digestOf(files, publishable.wanted)
    const currentDigest = current && (await digestOf(files, current))
    const known = published.get(publishable.title) ?? []
    return {
      publishable,
      status: statusOf(currentDigest, wantedDigest, known),
      current,
      currentDigest,
      wantedDigest,
    }
  })
}

export function statusOf(
  current: string | undefined,
  wanted: string,
  published: readonly string[],
): PublicationStatus {
  if (current === undefined) return 'created'
  if (current === wanted) return 'unchanged'
  return published.includes(current) ? 'updated' : 'conflict'
}

/** One list for each kind and bag: it also tells a missing object from an address that is no Chef Server's. */
async function namesOnServer(publishables: readonly Publishable[]) {
  const kinds = [...new Set(publishables.map(({ objects }) => objects))]
  const lists = await atOnce(
    mostRequests,
    kinds,
    async (objects) => [objects, await objects.names()] as const,
  )
  return new Map(lists)
}

function digestOf(files: Pick<Files, 'digest'>, object: JsonObject): Promise<string> {
  return files.digest({ texts: [canonicalJson(object)], paths: [] })
}
