import type { EC2ClientConfig } from '@aws-sdk/client-ec2'
import type { STSClientConfig } from '@aws-sdk/client-sts'

import type { Connection } from './connection.ts'

/**
 * The manners of every client: repeats what AWS throttles or what got lost, slowing down with AWS (adaptive), and never waits
 * without end. The SDK's own defaults wait for ever and give up after three attempts.
 */
export function clientSettings(connection: Connection, region: string): EC2ClientConfig & STSClientConfig {
  const { profile, endpoint, requestHandler, credentials } = connection
  return {
    region,
    maxAttempts: 10,
    retryMode: 'adaptive',
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
