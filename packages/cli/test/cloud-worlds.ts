import type { Cloud } from '@package/core/ports/cloud/cloud'
import type { Clock } from '@package/core/ports/clock'
import { memoryStore } from '@package/sandbox/account/memory-store'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import type { FaultScript } from '@package/sandbox/faults/fault-script'
import { noHosts } from '@package/sandbox/hosts/no-hosts'
import { Sandbox } from '@package/sandbox/sandbox'

import { awsClouds } from '../src/systems/aws/aws-clouds.ts'
import { AwsTime } from '../src/systems/aws/aws-time.ts'
import type { AwsCall, Connection } from '../src/systems/aws/connection.ts'
import { systemClock } from '../src/systems/host/system-clock.ts'

export const region = 'us-east-1'

/** An image that both worlds know. */
export const imageId = 'ami-12c6146b'

/** An AWS of its own, as the actions see it. */
export interface CloudWorld {
  cloud: Cloud
  now: () => number
  /** Lets seconds go by in which groups act; moto's act at once. */
  pass: (seconds: number) => Promise<void>
  /** The calls so far, as `service:Operation`. */
  calls: string[]
}

/** The embedded AWS, in memory, on its own time. */
export function sandboxWorld(faults: FaultScript = {}): CloudWorld {
  const images = [{ region, imageId }]
  const sandbox = new Sandbox({ store: memoryStore(), hosts: noHosts(), images, faults })
  const clock: Clock = {
    ...systemClock(),
    now: () => sandbox.now(),
    sleep: (milliseconds) => sandbox.advance(milliseconds),
  }
  const way = { clock, endpoint: undefined, requestHandler: requestHandler(sandbox) }
  return worldOf(way, (seconds) => sandbox.advance(seconds * 1000))
}

export function motoWorld(url: string): CloudWorld {
  const way = { clock: systemClock(), endpoint: url, requestHandler: undefined }
  return worldOf(way, () => Promise.resolve())
}

function worldOf(
  way: Pick<Connection, 'clock' | 'endpoint' | 'requestHandler'>,
  pass: CloudWorld['pass'],
): CloudWorld {
  const calls: string[] = []
  const onCall = ({ service, operation }: AwsCall) => calls.push(`${service}:${operation}`)
  const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }
  const connection = {
    ...way,
    time: new AwsTime(way.clock),
    made: new Set<string>(),
    profile: undefined,
    credentials,
    onCall,
  }
  const clouds = awsClouds(connection, { named: region, usual: undefined })
  return { cloud: clouds.in(region), now: () => way.clock.now(), pass, calls }
}
