import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

import { onTestFinished } from 'vitest'

import { serveHttp } from '../src/doors/http-server.ts'
import type { AnsweredCall, SandboxOptions } from '../src/sandbox.ts'
import { testAccount } from './test-account.ts'

/** What the programs launch. */
export const image = 'ami-0aaaabbbbccccdddd'

/**
 * An account behind the HTTP door, whose clock runs so many times as fast. The waiters of aws-cli look every 15 seconds,
 * which must be long enough.
 */
export async function servedAccount(speed = 500, options: Partial<SandboxOptions> = {}) {
  const calls: AnsweredCall[] = []
  const { sandbox } = testAccount({
    ...options,
    images: [{ region: 'us-east-1', imageId: image }],
    onCall: (call) => calls.push(call),
  })
  await sandbox.setSpeed(speed)
  const door = await serveHttp(sandbox, 0)
  onTestFinished(() => door.close())
  const environment = {
    PATH: process.env['PATH'],
    HOME: process.env['HOME'],
    AWS_ENDPOINT_URL: door.url,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_MAX_ATTEMPTS: '1',
  }
  const run = async (program: string, words: readonly string[]) => {
    const { stdout } = await promisify(execFile)(program, words, { env: environment })
    return stdout.trim()
  }
  const ec2 = (...words: string[]) => run('aws', ['ec2', ...words, '--output', 'text'])
  return {
    url: door.url,
    run,
    ec2,
    sandbox,
    countOf: (name: string) => calls.filter((each) => each.operation === name).length,
  }
}
