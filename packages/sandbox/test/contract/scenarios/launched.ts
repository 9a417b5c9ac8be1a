import { RunInstancesCommand, type RunInstancesRequest } from '@aws-sdk/client-ec2'

import type { Caller } from '../caller.ts'
import { motoImage } from '../scenario.ts'

/** The least that a launch needs. */
export const launch: RunInstancesRequest = {
  ImageId: motoImage,
  InstanceType: 't3.micro',
  MinCount: 1,
  MaxCount: 1,
}

/** An instance that runs. */
export async function launched(caller: Caller, name = 'an instance', request = launch): Promise<string> {
  const { Instances } = await caller.does(`run ${name}`, new RunInstancesCommand(request))
  await caller.passTime()
  return Instances?.[0]?.InstanceId ?? ''
}
