import { createPrivateKey } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'

import { publish } from '@package/core/chef-server/publish'
import { publishableRole } from '@package/core/chef-server/publishable-role'
import { parseNodes } from '@package/core/groups/parse-nodes'
import type { ChefServer } from '@package/core/ports/chef-server'
import type { Clock } from '@package/core/ports/clock'
import { expect, onTestFinished, test } from 'vitest'

import { chefServerOf } from '../src/systems/chef/connect.ts'
import { diskFiles } from '../src/systems/host/disk-files.ts'
import { keyOf, startGoiardi } from './chef-servers.ts'
import { nodesText } from './project.ts'
import { describeWith } from './tools.ts'

/** Its sleeps take no time. */
const clock: Clock = {
  now: () => Date.now(),
  sleep: () => Promise.resolve(),
  random: () => 0.5,
  pollInterval: 5000,
}

/** Of a request that writes, the status that it is answered in place of the server's own. */
type Refuses = (write: { path: string; body: string }) => number | undefined

/** A Chef Server behind a door that refuses some writes. */
async function refusing(goiardi: string, refuses: Refuses): Promise<ChefServer> {
  const behind = await startGoiardi(goiardi)
  const door = createServer((request, response) => {
    void (async () => {
      const body = await bodyOf(request)
      const { method = '', url: path = '' } = request
      const refused = method === 'GET' ? undefined : refuses({ path, body })
      if (refused !== undefined) return response.writeHead(refused).end('{"error":["disk full"]}')
      const { host: _host, connection: _connection, 'content-length': _length, ...headers } = request.headers
      const answer = await fetch(behind.url + path, {
        method,
        headers: headers as Record<string, string>,
        ...(body !== '' && { body }),
      })
      return response.writeHead(answer.status).end(await answer.text())
    })()
  }).listen(0, '127.0.0.1')
  await once(door, 'listening')
  onTestFinished(() => {
    door.closeAllConnections()
    door.close()
  })
  const url = `http://127.0.0.1:${String((door.address() as AddressInfo).port)}`
  return chefServerOf({ url, name: 'admin', key: createPrivateKey(keyOf(behind)) }, clock)
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of request as AsyncIterable<Buffer>) parts.push(part)
  return Buffer.concat(parts).toString()
}

const numbered = (count: number) => Array.from({ length: count }, (_, index) => `web-${String(index)}`)

async function publishRoles(server: ChefServer, groups: readonly string[]) {
  const nodes = await parseNodes(
    'nodes.json',
    nodesText({
      __settings__: { project: 'acme' },
      ...Object.fromEntries(groups.map((group) => [group, {}])),
    }),
  )
  return publish(
    { files: diskFiles('/'), nodes, report: () => undefined, server, dryRun: false, overwrite: false },
    [...nodes.groups.values()].map((group) => publishableRole(server, group)),
  )
}

describeWith('goiardi', 'publishing to a Chef Server that fails', (goiardi) => {
  test.each([500, 404, 403])(
    'for one object with %i: it is named, and the others are published',
    async (status) => {
      let isWell = false
      const server = await refusing(goiardi, ({ body }) =>
        !isWell && body.includes('"role-web-0"') ? status : undefined,
      )
      const groups = numbered(15)
      await expect(publishRoles(server, groups)).rejects.toMatchObject({
        kind: 'partial',
        code: 'PUBLISHED_IN_PART',
        message: expect.stringMatching(
          /^1 of 15 objects were not published: role role-web-0 \(.*disk full\)+$/,
        ) as string,
      })
      expect((await server.roles.names()).size).toBe(14)
      isWell = true
      const again = await publishRoles(server, groups)
      expect(again.map(({ status: done }) => done)).toEqual([
        'created',
        ...Array<string>(14).fill('unchanged'),
      ])
    },
  )

  test('from some moment on: what was not published is named, and no request is wasted on the rest', async () => {
    let written = 0
    const asked = new Set<string>()
    const server = await refusing(goiardi, ({ path, body }) => {
      if (path === '/roles') asked.add(body)
      if (written === 3) return 502
      if (path === '/roles') written += 1
      return undefined
    })
    const groups = numbered(80)
    const failure = await publishRoles(server, groups).catch((error: unknown) => error)
    expect(failure).toMatchObject({
      kind: 'partial',
      message: expect.stringMatching(
        /^77 of 80 objects were not published: .*; not tried: role role-web-/,
      ) as string,
    })
    const there = await server.roles.names()
    expect(there.size).toBe(3)
    const { message } = failure as Error
    for (const group of groups) {
      const named = new RegExp(`role role-${group}\\b(?!-)`).test(message)
      expect(named, group).toBe(!there.has(`role-${group}`))
    }
    expect(asked.size).toBeLessThan(60)
  })

  test('for all of them: the failure is one of the server, and nothing was published', async () => {
    let isFull = false
    const server = await refusing(goiardi, ({ path }) => {
      isFull ||= path === '/roles'
      return isFull ? 507 : undefined
    })
    await expect(publishRoles(server, numbered(30))).rejects.toMatchObject({
      kind: 'system',
      code: 'CHEF_FAILED',
      message: expect.stringContaining('answered 507') as string,
    })
  })
})
