import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import { operationOf } from './rollout/operation-of.ts'
import { SandboxProject } from './sandbox-project.ts'

const refusal = (code: string) =>
  `<Response><Errors><Error><Code>${code}</Code><Message>no</Message></Error></Errors><RequestID>1</RequestID></Response>`

/** Refuses every call, and tells with each of a time that is ten minutes later than with the one before. */
async function leapingAws(code: string) {
  const calls: string[] = []
  const server = createServer((request, response) => {
    const parts: Buffer[] = []
    request.on('data', (part: Buffer) => parts.push(part))
    request.on('end', () => {
      calls.push(operationOf({ headers: {}, body: Buffer.concat(parts).toString() }))
      const date = new Date(Date.now() + calls.length * 600_000).toUTCString()
      response.writeHead(400, { date, 'content-type': 'text/xml' }).end(refusal(code))
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  return { calls, url: `http://127.0.0.1:${String(port)}` }
}

test.each([
  ['what AWS refuses is refused, however its clock leaps', 'UnauthorizedOperation', 1],
  ['what it refuses for the clock is tried once more by its own', 'RequestExpired', 2],
])('%s', async (_, code, times) => {
  const { calls, url } = await leapingAws(code)
  const project = new SandboxProject()
  Object.assign(project.environment, {
    PACKAGE_SANDBOX: '',
    AWS_ENDPOINT_URL: url,
    AWS_ACCESS_KEY_ID: 'x',
    AWS_SECRET_ACCESS_KEY: 'y',
  })
  const { exit, err } = await project.start('instance:list')
  expect(exit, err).not.toBe(0)
  expect(err).toContain(code)
  expect(calls).toEqual(Array.from({ length: times }, () => calls[0]))
})
