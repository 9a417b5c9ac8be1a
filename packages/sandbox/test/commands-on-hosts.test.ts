import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { describe, expect, onTestFinished, test } from 'vitest'

import { folderHosts } from '../src/hosts/folder/folder-hosts.ts'
import { ssmAccount } from './ssm-account.ts'

describe('on folder hosts', () => {
  const folderAccount = () => {
    const folder = mkdtempSync(join(tmpdir(), 'package-hosts-'))
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
    return ssmAccount({ hosts: folderHosts({ folder: join(folder, 'hosts') }) })
  }

  test('they really run, as root in /, with their output and exit code', async () => {
    const { sandbox, launch, send, output, invocations } = folderAccount()
    const InstanceIds = await launch(2)
    const commands = [
      'id -un; pwd',
      'echo "bee $(hostname)" >/etc/bee',
      'cat /etc/bee',
      'echo oops >&2',
      'exit 3',
    ]
    const id = await send(commands, { InstanceIds, MaxErrors: '2' })
    await sandbox.advance(60_000)
    const seen = await Promise.all(InstanceIds.map((each) => output(id, each)))
    for (const each of seen) {
      expect(each).toMatchObject({
        Status: 'Failed',
        ResponseCode: 3,
        StandardErrorContent: 'oops\nfailed to run commands: exit status 3',
        ExecutionElapsedTime: 'PT2S',
      })
      expect(each.StandardOutputContent).toMatch(/^root\n\/\nbee ip-172-31-\d+-\d+\n$/)
    }
    expect(new Set(seen.map((each) => each.StandardOutputContent)).size).toBe(2)
    const [{ CommandPlugins = [] } = {}] = await invocations(id)
    expect(CommandPlugins[0]?.Output).toContain('\n----------ERROR-------\noops\n')

    const again = await send(['cat bee'], { InstanceIds, Parameters: { workingDirectory: ['/etc'] } })
    await sandbox.advance(60_000)
    const [first] = InstanceIds
    expect(await output(again, first)).toMatchObject({
      Status: 'Success',
      StandardOutputContent: expect.stringMatching(/^bee ip/) as string,
    })
  })

  test('what waits takes its time on the clock of the account, and no longer than it may', async () => {
    const { sandbox, launch, send, details, output } = folderAccount()
    const InstanceIds = await launch(1)
    const id = await send(['sleep 100', 'echo done'], { InstanceIds })
    await sandbox.advance(50_000)
    expect(await details(id)).toEqual(['InProgress'])
    await sandbox.advance(60_000)
    expect(await output(id, InstanceIds[0])).toMatchObject({
      Status: 'Success',
      StandardOutputContent: 'done\n',
    })

    const Parameters = { executionTimeout: ['30'] }
    const late = await send(['echo begun', 'while true; do sleep 1; done'], { InstanceIds, Parameters })
    await sandbox.advance(60_000)
    expect(await output(late, InstanceIds[0])).toMatchObject({
      Status: 'TimedOut',
      StatusDetails: 'ExecutionTimedOut',
      ResponseCode: 137,
      StandardOutputContent: 'begun\n',
      ExecutionElapsedTime: 'PT30S',
    })
  })

  test('output is cut at 24,000 characters', async () => {
    const { sandbox, launch, send, output } = folderAccount()
    const InstanceIds = await launch(1)
    const id = await send(['for i in $(seq 1 3000); do echo 0123456789; done'], { InstanceIds })
    await sandbox.advance(60_000)
    const { StandardOutputContent = '' } = await output(id, InstanceIds[0])
    expect(StandardOutputContent).toHaveLength(24_000)
    expect(StandardOutputContent.endsWith('\n---Output truncated---')).toBe(true)
  })
})
