import { PackageError } from './errors.ts'
import type { Nodes } from './groups/nodes.ts'
import type { Cloud } from './ports/cloud/cloud.ts'
import type { Report } from './ports/report.ts'

/**
 * Says on which account and region an action works, before its first change; once for each region. Gives the account.
 * Throws PackageError (conflict) for an account that `__settings__.accounts` does not list.
 */
export async function announceAccount(
  { nodes, report }: { nodes: Nodes; report: Report },
  cloud: Pick<Cloud, 'region' | 'accountId'>,
): Promise<string> {
  const account = await cloud.accountId()
  const { accounts } = nodes.settings
  if (accounts !== undefined && !accounts.includes(account)) {
    throw new PackageError(
      'conflict',
      'ACCOUNT_REFUSED',
      `account ${account} is not among __settings__.accounts of nodes.json (${accounts.join(', ')})`,
      { hint: 'name a --profile of a listed account, or add this one to __settings__.accounts' },
    )
  }
  const { region } = cloud
  report({
    level: 'info',
    code: 'ACCOUNT',
    text: `account ${account}, region ${region}`,
    data: { account, region },
  })
  return account
}
