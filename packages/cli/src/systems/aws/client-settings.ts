import type { EC2ClientConfig } from '@aws-sdk/client-ec2'
import type { STSClientConfig } from '@aws-sdk/client-sts'

import type { Connection } from './connection.ts'
import { PatientRetries } from './patient-retries.ts'

/**
 * The manners of every client: repeats what AWS throttles or what got lost, and never waits without end. The SDK's own
 * defaults wait for ever and give up after three attempts.
 */
export function clientSettings(connection: Connection, region: string): EC2ClientConfig & STSClientConfig {
  const { profile, endpoint, requestHandler, credentials, clock } = connection
  return {
    region,
    retryStrategy: new PatientRetries(clock),
    requestHandler: requestHandler ?? {
      connectionTimeout: 3000,
      requestTimeout: 15_000,
      throwOnRequestTimeout: true,
    },
    ...(profile !== undefined && { profile }),
    ...(endpoint !== undefined && { endpoint }),
    ...(credentials && { credentials }),
  }
}
