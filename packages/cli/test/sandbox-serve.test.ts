import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'

import { describe, expect, test, vi } from 'vitest'

import { leaveEarly } from '../../sandbox/test/leave-early.ts'
import { cli } from './project.ts'
import { SandboxProject } from './sandbox-project.ts'
import { serveSandbox } from './served-sandbox.ts'

describe('a sandbox that is served', () => {
  test('is the one that commands with --sandbox use, and its instances answer all the time', async () => {
    const project = new SandboxProject()
    project.environment['PACKAGE_POLL_INTERVAL'] = '0.1'
    const { url } = await serveSandbox(project)
    expect(project.runJson('sandbox:status')).toMatchObject({ data: { url } })
    expect(
      await project.start('instance:create', 'cluster', '--key', 'key.pem', '--name', 'one'),
    ).toMatchObject({
      exit: 0,
    })
    const [id = ''] = project.liveInstances()
    const said = await project.start('instance:ssh', 'cluster', '--id', id, '--key', 'key.pem', 'whoami')
    expect(said).toMatchObject({ exit: 0, out: 'ubuntu\n' })
    expect(await project.start('instance:delete', 'cluster', '--name', 'one', '--yes')).toMatchObject({
      exit: 0,
    })
    expect(project.leftovers()).toEqual([])
  })

  test('is served once, is not forgotten meanwhile, and is left in order', async () => {
    const project = new SandboxProject()
    const { stop } = await serveSandbox(project)
    expect(project.run('sandbox:serve', '--port', '0')).toMatchObject({ exit: 4 })
    expect(project.run('sandbox:reset')).toMatchObject({ exit: 4 })
    await stop()
    expect(project.files()).not.toContain('.package/sandbox/serve.json')
    expect(project.run('sandbox:reset')).toMatchObject({ exit: 0 })
  })

  // By the name of a class ssh2 tells such a session, and a bundle's names are others: scripts/build.mjs.
  test('outlives a client that leaves before it has asked for anything', async () => {
    const project = new SandboxProject()
    expect(project.run('instance:create', 'cluster', '--key', 'key.pem', '--name', 'one').exit).toBe(0)
    const { stop } = await serveSandbox(project)
    const { data } = project.runJson('instance:list') as { data: { instances: { public_ip: string }[] } }
    const [{ public_ip: address } = { public_ip: '' }] = data.instances
    await leaveEarly(address, project.read('key.pem'))
    expect(project.run('sandbox:status').exit).toBe(0)
    expect(await stop()).toBe(0)
  })

  test('ends when it is told to, also when its project is gone by then', async () => {
    const project = new SandboxProject()
    const { stop } = await serveSandbox(project)
    rmSync(project.folder, { recursive: true })
    expect(await stop()).toBe(0)
  })

  test('ends in order also when it is told to before it has said that it serves', async () => {
    const project = new SandboxProject()
    const server = spawn(process.execPath, [cli, 'sandbox:serve', '--port', '0'], {
      cwd: project.folder,
      stdio: ['ignore', 'ignore', 'inherit'],
    })
    const ended = once(server, 'exit')
    await vi.waitUntil(() => project.has('.package/sandbox/serve.json'), { timeout: 30_000, interval: 1 })
    server.kill('SIGTERM')
    expect(await ended).toEqual([0, null])
    expect(project.files()).not.toContain('.package/sandbox/serve.json')
  })

  test('that a crash has left behind is none', () => {
    const project = new SandboxProject()
    project.write('.package/sandbox/serve.json', '{"url":"http://127.0.0.1:9","pid":1}')
    expect(project.run('instance:list')).toMatchObject({ exit: 0 })
    expect(project.run('sandbox:reset')).toMatchObject({ exit: 0 })
  })

  test('that is damaged says so, and how to begin anew', () => {
    const project = new SandboxProject()
    project.write('.package/sandbox/account.json', '{"format":1,')
    for (const action of ['instance:list', 'sandbox:status']) {
      expect(project.run(action)).toMatchObject({
        exit: 1,
        err: expect.stringContaining('sandbox:reset') as string,
      })
    }
    expect(project.run('sandbox:reset')).toMatchObject({ exit: 0 })
    expect(project.run('instance:list')).toMatchObject({ exit: 0 })
  })

  test('is an AWS like any other to AWS_ENDPOINT_URL, --profile and --region', async () => {
    const project = new SandboxProject()
    expect(project.run('instance:create', 'cluster', '--key', 'key.pem', '--name', 'one')).toMatchObject({
      exit: 0,
    })
    project.write('aws-config', '[profile ops]\naws_access_key_id = a\naws_secret_access_key = b\n')
    const { url } = await serveSandbox(project)
    project.environment['PACKAGE_SANDBOX'] = ''
    const asked = {
      AWS_ENDPOINT_URL: url,
      AWS_CONFIG_FILE: project.path('aws-config'),
      AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    }
    Object.assign(project.environment, asked)
    const listed = await project.start('instance:list', '--profile', 'ops')
    for (const id of project.liveInstances()) expect(listed.out).toContain(id)
    expect(listed.err).toBe('')
    const elsewhere = await project.start('instance:list', '--profile', 'ops', '--region', 'us-east-1')
    expect(elsewhere.out).toBe('no instances\n')
    const unknown = await project.start('instance:list', '--profile', 'nobody')
    expect(unknown.exit).toBe(1)
    expect(unknown.err).toContain('CREDENTIALS_MISSING')
  })
})
