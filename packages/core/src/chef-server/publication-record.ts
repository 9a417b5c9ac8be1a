import { isJsonObject, type JsonObject } from '../groups/json.ts'
import type { ChefServer } from '../ports/chef-server.ts'

/** The data bag that says what was published: on the server, so that everybody who publishes sees the same. */
export const recordBag = 'package-published'

/** By an object's title: the digests of what the project may have left on the server; more than one after a run that was cut off. */
export type Publications = ReadonlyMap<string, readonly string[]>

/** What a project has published to a Chef Server: an item of a data bag, with digests only. */
export interface PublicationRecord {
  read(): Promise<Publications>
  /** Writes these entries, and leaves those of other objects as the server has them then. */
  write(entries: Publications): Promise<void>
}

export function publicationRecord(server: Pick<ChefServer, 'items'>, project: string): PublicationRecord {
  const items = server.items(recordBag)
  const write = async (entries: Publications): Promise<void> => {
    const current = await items.read(project)
    const objects = { ...objectsOf(current), ...Object.fromEntries([...entries].map(listed)) }
    const item = { id: project, objects }
    if (current !== undefined) return items.replace(project, item)
    // Somebody else's first publication may come in between.
    if ((await items.create(project, item)) === 'exists') return write(entries)
  }
  return {
    write,
    async read() {
      const objects = Object.entries(objectsOf(await items.read(project)))
      return new Map(objects.map(([title, digests]) => [title, textsOf(digests)]))
    },
  }
}

function listed([title, digests]: [string, readonly string[]]): [string, string[]] {
  return [title, [...digests]]
}

function objectsOf(item: JsonObject | undefined): JsonObject {
  const objects = item?.['objects']
  return isJsonObject(objects) ? objects : {}
}

function textsOf(digests: unknown): string[] {
  return Array.isArray(digests) ? digests.filter((digest) => typeof digest === 'string') : []
}
