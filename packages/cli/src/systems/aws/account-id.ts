import { clientSettings } from './client-settings.ts'
import type { Connection } from './connection.ts'
import { watchedSender } from './sender.ts'

/** Whose credentials these are. Only what changes AWS asks, so only that loads the client of STS. */
export async function accountId(connection: Connection, region: string): Promise<string> {
  const { GetCallerIdentityCommand, STSClient } = await import('@aws-sdk/client-sts')
  const client = new STSClient(clientSettings(connection, region))
  const send = watchedSender(client, 'sts', connection, region)
  const { Account = '' } = await send(new GetCallerIdentityCommand({}))
  return Account
}
