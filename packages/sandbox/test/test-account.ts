import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { EC2Client } from '@aws-sdk/client-ec2'
import { expect, onTestFinished } from 'vitest'

import { requestHandler } from '../src/doors/request-handler.ts'
import { noHosts } from '../src/hosts/no-hosts.ts'
import { Sandbox, type SandboxOptions } from '../src/sandbox.ts'

/** An image for an account to begin with. */
export const ImageId = 'ami-0123456789abcdef0'

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

/** A refusal with this code, and this in its message. */
export const code = (name: string, message = '') =>
  expect.objectContaining({ name, message: expect.stringContaining(message) as string }) as Error
