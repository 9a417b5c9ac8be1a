import type { EC2ClientConfig } from '@aws-sdk/client-ec2'
import type { Clock } from '@package/core/ports/clock'

import type { AwsTime } from './aws-time.ts'

/** One answered call to AWS, for `--verbose`. */
export interface AwsCall {
  service: string
  region: string
  operation: string
  status: number
  requestId: string
  milliseconds: number
}

/** How AWS is reached, the same for all clients of a run. */
export interface Connection {
  profile: string | undefined
  /** In place of the environment's: an embedded AWS that is served, or one inside this process. */
  endpoint: string | undefined
  requestHandler: EC2ClientConfig['requestHandler'] | undefined
  /** Missing where the default credential chain is to find them. */
  credentials: { accessKeyId: string; secretAccessKey: string } | undefined
  /** What pauses between two attempts go by. */
  clock: Clock
  /** What is signed goes by it; learnt from answers. */
  time: AwsTime
  /** Ids of what this run has made, which AWS may not know everywhere for a while. */
  made: Set<string>
  onCall: ((call: AwsCall) => void) | undefined
}
