import { generateKeyPairSync } from 'node:crypto'
import { chmodSync } from 'node:fs'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { clientOf, startEncryptedGoiardi, startGoiardi } from './chef-servers.ts'
import { nodesText, Project } from './project.ts'
import { describeWith } from './tools.ts'

function fleet(): Project {
  return new Project({ 'nodes.json': nodesText({ __settings__: { project: 'acme' }, web: {} }) })
}

test('keys that others can read, that are none, or are not of RSA are refused before anything is sent', () => {
  const project = fleet()
  const run = (pem: string, mode = 0o600) => {
    project.write('key.pem', pem)
    chmodSync(project.path('key.pem'), mode)
    const environment = {
      CHEF_SERVER_URL: 'http://127.0.0.1:1',
      CHEF_CLIENT_NAME: 'a',
      CHEF_CLIENT_KEY: 'key.pem',
    }
    return project.runWith(environment, 'role:create', '--publish')
  }
  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  const pem = rsa.export({ type: 'pkcs1', format: 'pem' }).toString()
  expect(run(pem, 0o644).err).toContain('(mode 644)')
  for (const mode of [0o600, 0o644]) {
    const { err } = run('secret text', mode)
    expect(err).toContain('holds no private key in PEM')
    expect(err).not.toContain('chmod')
  }
  const ed = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' }).toString()
  expect(run(ed).err).toContain('of kind ed25519')
  const locked = rsa
    .export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' })
    .toString()
  expect(run(locked).err).toContain('has a passphrase')
  const unreachable = run(pem)
  expect(unreachable.exit).toBe(1)
  expect(unreachable.err).toContain('error CHEF_UNREACHABLE: http://127.0.0.1:1 cannot be reached')
})

describeWith('goiardi', 'an https:// address', (goiardi) => {
  test('of a server without TLS is said to be one', async () => {
    const server = await startGoiardi(goiardi)
    const url = server.url.replace('http:', 'https:')
    const environment = { ...clientOf(server), CHEF_SERVER_URL: url }
    const { exit, err } = fleet().runWith(environment, 'role:create', '--publish')
    expect(exit).toBe(1)
    expect(err).toContain(`${url} cannot be reached: what answers there does not speak TLS`)
    expect(err).toContain('http:// if the server has no TLS')
  })
})

describeWith('goiardi', 'a certificate', (goiardi) => {
  test('of an authority that is not known is refused; the way to trust it is named, and is one', async () => {
    const server = await startEncryptedGoiardi(goiardi)
    const refused = fleet().runWith(clientOf(server), 'role:create', '--publish')
    expect(refused.exit).toBe(1)
    expect(refused.err).toContain('error CHEF_CERTIFICATE:')
    expect(refused.err).toContain('NODE_EXTRA_CA_CERTS')
    const trusting = { ...clientOf(server), NODE_EXTRA_CA_CERTS: join(server.folder, 'certificate.pem') }
    expect(fleet().runWith(trusting, 'role:create', '--publish')).toMatchObject({ exit: 0 })
  })
})
