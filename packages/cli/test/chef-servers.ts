import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { generateKeyPairSync } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer, type AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

import { onTestFinished } from 'vitest'

import { chefEnvironment } from './tools.ts'

export interface TestServer {
  url: string
  /** Where goiardi leaves admin.pem and chef-validator.pem. */
  folder: string
}

/** A goiardi of the test's own, with authentication on and nothing in it; stopped by its own process when the test is over. */
export async function startGoiardi(goiardi: string): Promise<TestServer> {
  return startGoiardiIn(ownFolder(), goiardi, 'http', [])
}

/** The same over TLS, with a certificate that it signed itself: certificate.pem. */
export async function startEncryptedGoiardi(goiardi: string): Promise<TestServer> {
  const folder = ownFolder()
  const files = { key: join(folder, 'certificate.key'), certificate: join(folder, 'certificate.pem') }
  const subject = ['-subj', '/CN=127.0.0.1', '-addext', 'subjectAltName=IP:127.0.0.1']
  const made = [
    'req',
    '-x509',
    '-newkey',
    'rsa:2048',
    '-nodes',
    '-keyout',
    files.key,
    '-out',
    files.certificate,
  ]
  execFileSync('openssl', [...made, ...subject], { stdio: 'ignore' })
  const words = ['--use-ssl', '--ssl-cert', files.certificate, '--ssl-key', files.key]
  return startGoiardiIn(folder, goiardi, 'https', words)
}

async function startGoiardiIn(
  folder: string,
  goiardi: string,
  scheme: string,
  more: readonly string[],
): Promise<TestServer> {
  const port = String(await freePort())
  const log = join(folder, 'log')
  const words = [
    '-A',
    '-I',
    '127.0.0.1',
    '-H',
    '127.0.0.1',
    '-P',
    port,
    '--conf-root',
    folder,
    '-L',
    log,
    ...more,
  ]
  const url = `${scheme}://127.0.0.1:${port}`
  await started(spawn(goiardi, words, { stdio: 'ignore' }), url)
  return { url, folder }
}

/** Chef's own server of the tests; it checks no signature. */
export async function startChefZero(chefZero: string, more: readonly string[] = []): Promise<TestServer> {
  const folder = ownFolder()
  const port = String(await freePort())
  const words = ['--host', '127.0.0.1', '--port', port, ...more]
  const child = spawn(chefZero, words, { stdio: 'ignore', env: chefEnvironment(), cwd: folder })
  writeFileSync(join(folder, 'admin.pem'), rsaKey(), { mode: 0o600 })
  const url = `http://127.0.0.1:${port}`
  await started(child, url)
  return { url, folder }
}

/** Environment variables that name the server and a client of it, and a home without credentials. */
export function clientOf(
  { url, folder }: TestServer,
  key = 'admin.pem',
  name = 'admin',
): Record<string, string> {
  return { CHEF_SERVER_URL: url, CHEF_CLIENT_NAME: name, CHEF_CLIENT_KEY: join(folder, key), HOME: folder }
}

export function keyOf({ folder }: TestServer): string {
  return readFileSync(join(folder, 'admin.pem'), 'utf8')
}

function rsaKey(): string {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  return privateKey.export({ type: 'pkcs1', format: 'pem' }).toString()
}

function ownFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'chef-server-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

async function started(child: ChildProcess, url: string): Promise<void> {
  const ended = once(child, 'exit')
  onTestFinished(async () => {
    child.kill()
    await ended
  })
  while (child.exitCode === null) {
    if (await answers(url)) return
    await sleep(50)
  }
  throw new Error(`the server at ${url} ended with ${String(child.exitCode)}`)
}

/** A certificate that is not trusted is an answer too. */
async function answers(url: string): Promise<boolean> {
  try {
    await fetch(url)
    return true
  } catch (error) {
    const { code } = (error as Error).cause as NodeJS.ErrnoException
    return code === 'DEPTH_ZERO_SELF_SIGNED_CERT' || code === 'SELF_SIGNED_CERT_IN_CHAIN'
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

/** A chef-zero whose objects belong to an organization, as those of Chef's own server do. */
export async function startWithOrganization(chefZero: string): Promise<TestServer> {
  const server = await startChefZero(chefZero, ['--enterprise'])
  const body = JSON.stringify({ name: 'acme', full_name: 'Acme' })
  const { status } = await fetch(`${server.url}/organizations`, { method: 'POST', body })
  if (status !== 201) throw new Error(`chef-zero makes no organization: ${String(status)}`)
  return { ...server, url: `${server.url}/organizations/acme` }
}
