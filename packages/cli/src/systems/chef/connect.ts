import type { JsonObject } from '@package/core/groups/json'
import type { ChefObjects, ChefServer } from '@package/core/ports/chef-server'
import type { Clock } from '@package/core/ports/clock'

import { findClient, type ChefClient, type ClientPlaces } from './find-client.ts'
import { chefRequests, type SendRequest } from './requests.ts'

/** The Chef Server that the project, the environment or Chef's own credentials name. Throws PackageError (config): findClient's. */
export async function connectChefServer(places: ClientPlaces, clock: Clock): Promise<ChefServer> {
  return chefServerOf(await findClient(places), clock)
}

/** The port, for a client that is known. */
export function chefServerOf(client: ChefClient, clock: Clock): ChefServer {
  const send = chefRequests(client, clock)
  return {
    url: client.url,
    clientName: client.name,
    roles: rolesOf(send),
    items: (dataBag) => itemsOf(send, dataBag),
  }
}

function rolesOf(send: SendRequest): ChefObjects {
  return {
    names: () => namesAt(send, '/roles'),
    read: (name) => readAt(send, `/roles/${name}`),
    async create(_name, role) {
      const { status } = await send('POST', '/roles', [201, 409], role)
      return status === 201 ? 'created' : 'exists'
    },
    async replace(name, role) {
      await send('PUT', `/roles/${name}`, [200], role)
    },
  }
}

function itemsOf(send: SendRequest, dataBag: string): ChefObjects {
  const bag = `/data/${dataBag}`
  const inTurn = oneByOne()
  const create = async (item: JsonObject) => {
    const { status } = await send('POST', bag, [201, 404, 409], item)
    if (status !== 404) return status
    // 409: somebody else has made the bag meanwhile.
    await send('POST', '/data', [201, 409], { name: dataBag })
    return (await send('POST', bag, [201, 409], item)).status
  }
  return {
    async names() {
      const bags = await namesAt(send, '/data')
      return bags.has(dataBag) ? namesAt(send, bag) : new Set()
    },
    read: (id) => readAt(send, `${bag}/${id}`),
    create: async (_id, item) => ((await inTurn(() => create(item))) === 201 ? 'created' : 'exists'),
    replace: (id, item) => inTurn(async () => void (await send('PUT', `${bag}/${id}`, [200], item))),
  }
}

/** Writes to one bag: goiardi keeps the items in the bag, and of two that are written at once loses one, which it has said is there. */
function oneByOne(): <T>(write: () => Promise<T>) => Promise<T> {
  let last: Promise<unknown> = Promise.resolve()
  return (write) => {
    const written = last.then(write)
    last = written.catch(() => undefined)
    return written
  }
}

async function namesAt(send: SendRequest, path: string): Promise<ReadonlySet<string>> {
  const { body } = await send('GET', path, [200])
  return new Set(Object.keys(body))
}

async function readAt(send: SendRequest, path: string) {
  const { status, body } = await send('GET', path, [200, 404])
  return status === 404 ? undefined : body
}
