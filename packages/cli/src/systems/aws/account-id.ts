import { awsError } from './aws-error.ts'
import { clientSettings } from './client-settings.ts'
import type { Connection } from './connection.ts'
import { watchCalls } from './sender.ts'

/** Whose credentials these are. Only what changes AWS asks, so only that loads the client of STS. */
export async function accountId(connection: Connection, region: string): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient(clientSettings(connection, region))
  watchCalls(client, 'sts', region, connection.onCall)
  try {
    const { Account = '' } = await client.send(new GetCallerIdentityCommand({}))
    return Account
  } catch (error) {
    throw awsError(error, 'sts', region)
  }
}
