import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { EC2Client } from '@aws-sdk/client-ec2'
import { onTestFinished } from 'vitest'

import { requestHandler } from '../src/doors/request-handler.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { Sandbox, type SandboxOptions } from '../src/sandbox.ts'

/** An account of its own for one test, and an SDK client of it; gone when the test is over. */
export function testAccount(options: Partial<SandboxOptions> = {}, region = 'us-east-1') {
  const folder = mkdtempSync(join(tmpdir(), 'package-sandbox-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  const sandbox = accountIn(folder, options)
  const ec2 = new EC2Client({ ...clientOf(sandbox), region })
  return { sandbox, ec2, folder }
}

/** An account in a folder that the caller removes. */
export function accountIn(folder: string, options: Partial<SandboxOptions> = {}): Sandbox {
  return new Sandbox({ folder, hosts: noHosts(), ...options })
}

/** What an SDK client needs in order to talk to a sandbox in this process. */
export function clientOf(sandbox: Sandbox) {
  return {
    region: 'us-east-1',
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    requestHandler: requestHandler(sandbox),
    maxAttempts: 1,
  }
}
