import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch'
import { EC2Client } from '@aws-sdk/client-ec2'
import { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'
import { SSMClient } from '@aws-sdk/client-ssm'
import { STSClient } from '@aws-sdk/client-sts'

import { accountIn, clientOf } from '../test-account.ts'
import { Caller, CannotGoOn, type Clients, type Step } from './caller.ts'
import type { Moto } from './moto.ts'
import { motoImage } from './scenario.ts'
import type { Scenario } from './scenario.ts'

/** Longer than anything takes in the sandbox. */
const longEnough = 10 * 60 * 1000

interface MotoClient {
  region: string
  endpoint: string
  credentials: { accessKeyId: string; secretAccessKey: string }
  maxAttempts: number
}

/** Plays a scenario to a new sandbox. */
export async function playToSandbox(scenario: Scenario): Promise<Step[]> {
  const folder = mkdtempSync(join(tmpdir(), 'package-contract-'))
  try {
    const sandbox = accountIn(folder, { images: [{ region: 'us-east-1', imageId: motoImage }] })
    const client = clientOf(sandbox)
    const caller = new Caller(clientsWith(client), () => sandbox.advance(longEnough))
    return await play(scenario, caller)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Plays a scenario to a moto server that forgot everything before. What happens there happens at once. */
export async function playToMoto(scenario: Scenario, moto: Moto): Promise<Step[]> {
  await moto.reset()
  const client = {
    region: 'us-east-1',
    endpoint: moto.url,
    credentials: { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' },
    maxAttempts: 1,
  }
  const caller = new Caller(clientsWith(client), () => Promise.resolve())
  return await play(scenario, caller)
}

function clientsWith(client: ReturnType<typeof clientOf> | MotoClient): Clients {
  return {
    autoscaling: new AutoScalingClient(client),
    cloudwatch: new CloudWatchClient(client),
    ec2: new EC2Client(client),
    elbv2: new ElasticLoadBalancingV2Client(client),
    ssm: new SSMClient(client),
    sts: new STSClient(client),
  }
}

async function play(scenario: Scenario, caller: Caller): Promise<Step[]> {
  try {
    await scenario.play(caller)
  } catch (error) {
    // The steps tell what went wrong.
    if (!(error instanceof CannotGoOn)) throw error
  }
  return caller.steps
}
