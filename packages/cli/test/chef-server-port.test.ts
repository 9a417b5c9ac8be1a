import { spawnSync } from 'node:child_process'
import { createPrivateKey, generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

import { publish } from '@package/core/chef-server/publish'
import { publishableRole } from '@package/core/chef-server/publishable-role'
import { parseNodes } from '@package/core/groups/parse-nodes'
import type { ChefServer } from '@package/core/ports/chef-server'
import type { Clock } from '@package/core/ports/clock'
import { expect, onTestFinished, test } from 'vitest'

import { chefServerOf } from '../src/systems/chef/connect.ts'
import { signedHeaders } from '../src/systems/chef/sign-request.ts'
import { diskFiles } from '../src/systems/host/disk-files.ts'
import { keyOf, startGoiardi, type TestServer } from './chef-servers.ts'
import { nodesText } from './project.ts'
import { chefEnvironment, describeWith } from './tools.ts'

const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

/** A clock that is wrong by so many minutes; its sleeps take no time, and are kept. */
function clockOff(minutes: number, slept: number[] = []): Clock {
  return {
    now: () => Date.now() + minutes * 60_000,
    sleep: (milliseconds) => {
      slept.push(milliseconds)
      return Promise.resolve()
    },
    random: () => 0.5,
    pollInterval: 5000,
  }
}

function connected(server: TestServer, clock = clockOff(0)): ChefServer {
  return chefServerOf({ url: server.url, name: 'admin', key: createPrivateKey(keyOf(server)) }, clock)
}

type Handler = (request: IncomingMessage, response: ServerResponse, count: number) => void

/** A server that answers as it is told to, once for each request. */
async function answering(handler: Handler, clock = clockOff(0)): Promise<ChefServer> {
  let count = 0
  const server = createServer((request, response) => handler(request, response, ++count)).listen(
    0,
    '127.0.0.1',
  )
  await once(server, 'listening')
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/organizations/acme`
  return chefServerOf({ url, name: 'alice', key: privateKey }, clock)
}

describeWith('chef-solo', 'signatures', () => {
  test("are those of Chef's own mixlib-authentication", () => {
    const pem = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
    const requests = [
      { method: 'GET', path: '/organizations/acme/roles', body: '' },
      { method: 'PUT', path: '/organizations/acme//roles/role-web/', body: '{"name":"röle"}' },
      { method: 'POST', path: '/', body: '{}' },
    ] as const
    const now = Date.UTC(2026, 10, 21, 12, 30, 15, 999)
    for (const request of requests) {
      const ruby = `
        require 'json'; require 'mixlib/authentication/signatureverification'
        given = JSON.parse($stdin.read)
        signed = Mixlib::Authentication::SignedHeaderAuth.signing_object(
          http_method: given['method'], path: given['path'], body: given['body'], host: 'x', user_id: 'alice',
          timestamp: '2026-11-21T12:30:15Z', proto_version: '1.3', headers: { 'X-Ops-Server-API-Version' => '1' })
        puts signed.sign(OpenSSL::PKey::RSA.new(given['pem'])).to_json`
      const { stdout, stderr } = spawnSync('ruby', ['-e', ruby], {
        input: JSON.stringify({ ...request, pem }),
        encoding: 'utf8',
        env: { ...chefEnvironment(), LC_ALL: 'C.UTF-8' },
      })
      expect(stderr).toBe('')
      const own = { ...signedHeaders(request, 'alice', privateKey, now) }
      expect(own).toEqual({ ...(JSON.parse(stdout) as object), 'X-Ops-Server-API-Version': '1' })
    }
  })
})

describeWith('goiardi', 'a clock that is wrong', (goiardi) => {
  test('is explained where the server refuses it, to both sides', async () => {
    const server = await startGoiardi(goiardi)
    await expect(connected(server, clockOff(-14)).roles.names()).resolves.toBeDefined()
    await expect(connected(server, clockOff(-20)).roles.names()).rejects.toMatchObject({
      code: 'CHEF_CLOCK',
      message: "this machine's clock is 20 minutes behind the Chef Server's",
    })
    await expect(connected(server, clockOff(180)).roles.names()).rejects.toMatchObject({
      code: 'CHEF_CLOCK',
      message: "this machine's clock is 180 minutes ahead of the Chef Server's",
    })
  })
})

describeWith('goiardi', 'two who publish', (goiardi) => {
  const described = async (description: string) => {
    const nodes = await parseNodes(
      'nodes.json',
      nodesText({ __settings__: { project: 'acme' }, web: { description } }),
    )
    return { nodes, group: [...nodes.groups.values()] }
  }
  const publishOn = async (server: ChefServer, description: string) => {
    const { nodes, group } = await described(description)
    const publication = {
      files: diskFiles('/'),
      nodes,
      report: () => undefined,
      dryRun: false,
      overwrite: false,
    }
    return publish(
      { ...publication, server },
      group.map((each) => publishableRole(server, each)),
    )
  }

  test('a run that was cut off before its record was finished is no conflict for the next', async () => {
    const server = connected(await startGoiardi(goiardi))
    await publishOn(server, 'first')
    let writes = 0
    const cutOff: ChefServer = {
      ...server,
      items: (bag) => {
        const items = server.items(bag)
        const replace = async (name: string, object: Parameters<typeof items.replace>[1]) => {
          if (++writes === 2) throw new Error('cut off')
          await items.replace(name, object)
        }
        return { ...items, replace }
      },
    }
    await expect(publishOn(cutOff, 'second')).rejects.toThrow('cut off')
    await expect(publishOn(server, 'third')).resolves.toMatchObject([{ status: 'updated' }])
    await expect(publishOn(server, 'third')).resolves.toMatchObject([{ status: 'unchanged' }])
  })

  test('what somebody else writes between look and write is not lost', async () => {
    const server = connected(await startGoiardi(goiardi))
    await publishOn(server, 'first')
    let reads = 0
    const raced: ChefServer = {
      ...server,
      roles: {
        ...server.roles,
        read: async (name) => {
          const role = await server.roles.read(name)
          if (++reads === 1) await server.roles.replace(name, { ...role, description: 'theirs' })
          return role
        },
      },
    }
    await expect(publishOn(raced, 'second')).rejects.toMatchObject({ code: 'CHEF_CONFLICT' })
    await expect(server.roles.read('role-web')).resolves.toMatchObject({ description: 'theirs' })
    await expect(publishOn(server, 'second')).rejects.toMatchObject({ code: 'CHEF_CONFLICT' })
  })
})

test('answers of a busy server and broken connections are asked for again, signed anew', async () => {
  const slept: number[] = []
  const seen: unknown[] = []
  const server = await answering(
    (request, response, count) => {
      seen.push([request.url, request.headers['x-ops-userid']])
      if (count === 1) response.writeHead(503, { 'Retry-After': '3' }).end()
      else if (count === 2) response.writeHead(429).end()
      else if (count === 3) request.socket.destroy()
      else response.end('{"role-web": "x"}')
    },
    clockOff(0, slept),
  )
  await expect(server.roles.names()).resolves.toEqual(new Set(['role-web']))
  expect(slept).toEqual([3000, 1000, 2000])
  expect(seen).toEqual(Array.from({ length: 4 }, () => ['/organizations/acme/roles', 'alice']))
})

test.each([
  [503, 'CHEF_FAILED', 5],
  [400, 'CHEF_REFUSED', 1],
  [403, 'CHEF_NOT_ALLOWED', 1],
  [404, 'CHEF_NOT_FOUND', 1],
  [302, 'CHEF_REDIRECTED', 1],
  [200, 'CHEF_ANSWER', 1],
])('the answer %i is %s after %i requests', async (status, code, requests) => {
  let asked = 0
  const server = await answering((_request, response, count) => {
    asked = count
    response.writeHead(status, { Location: 'http://elsewhere.example.com/' }).end('<html>')
  })
  await expect(server.roles.names()).rejects.toMatchObject({ code })
  expect(asked).toBe(requests)
})

test('a role that another attempt has made already is made', async () => {
  const server = await answering((_request, response, count) => {
    if (count === 1) response.writeHead(502).end()
    else response.writeHead(409).end('{"error":["Role already exists"]}')
  })
  await expect(server.roles.create('web', { name: 'web' })).resolves.toBe('exists')
})

test('items of one bag are written one after the other: goiardi loses one of two that are written at once', async () => {
  let [writing, most, hasBag] = [0, 0, false]
  const server = await answering((request, response) => {
    most = Math.max(most, (writing += 1))
    const isOfBags = request.url?.endsWith('/data') === true
    hasBag ||= isOfBags
    request.resume()
    request.on('end', () => {
      writing -= 1
      response.writeHead(hasBag ? 201 : 404, { 'content-type': 'application/json' }).end('{}')
    })
  })
  const items = server.items('users')
  const made = await Promise.all(['a', 'b', 'c', 'd'].map((id) => items.create(id, { id })))
  expect(made).toEqual(['created', 'created', 'created', 'created'])
  expect(most).toBe(1)
})
