import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { expect, test } from 'vitest'

import { DeployProject } from './deploy-project.ts'
import { cli } from './project.ts'

interface Last {
  exit: number
  data: { state: string; ended: boolean; hosts: { status: string }[] }
}

test(
  '--last tells a run that is still at work from one that was killed, and --retry-failed deploys what that has left',
  { timeout: 120_000 },
  async () => {
    const project = new DeployProject()
    const ids = project.launch('web', 4)
    const [canary = '', second = ''] = ids
    project.chef(canary, 'exit 0')
    project.chef(second, 'touch /opt/package/converges; sleep 1000')
    const child = spawn(process.execPath, [cli, 'instance:deploy', '--key', 'key.pem', '-n', '1'], {
      cwd: project.folder,
      env: { ...process.env, ...project.environment },
      stdio: 'ignore',
    })
    const closed = once(child, 'close')
    while (!existsSync(project.disk(second, 'opt/package/converges'))) await sleep(50)
    const statuses = ['converged', 'running', 'not started', 'not started']
    const last = () => project.runJson('instance:deploy', '--last') as unknown as Last
    const atWork = last()
    expect(atWork).toMatchObject({ exit: 0, data: { state: 'at work', ended: false } })
    expect(atWork.data.hosts.map(({ status }) => status)).toEqual(statuses)
    expect(project.run('instance:deploy', '--last').out).toContain(
      `is still at work: process ${String(child.pid)}`,
    )
    child.kill('SIGKILL')
    await closed
    expect(last()).toMatchObject({ exit: 0, data: { state: 'cut off', ended: false } })
    const { out } = project.run('instance:deploy', '--last')
    expect(out).toMatch(/was cut off before it ended; .*package instance:deploy --retry-failed\n$/)
    expect(out).not.toContain('the run has ended')
    project.chef(second, 'exit 0')
    const retried = project.deploy('--retry-failed')
    expect(retried.exit).toBe(0)
    expect(retried.hosts.map(({ id }) => id).sort()).toEqual(ids.slice(1).sort())
    expect(last()).toMatchObject({ data: { state: 'ended', ended: true } })
  },
)
