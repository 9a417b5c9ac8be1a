import type { DeclaredIngress } from './declared-permissions.ts'
import { isOfMyIp, type MyIp } from './my-ip.ts'
import { accessKey, type Permission, permissionKey } from './permission.ts'

export interface IngressDifference {
  missing: Permission[]
  surplus: Permission[]
}

/**
 * What must be added and taken away so that a security group lets in exactly what is declared. `my-ip` rules of other operators
 * are no surplus as long as the declaration has `my-ip` for the same access. Two operators behind one address share a rule:
 * AWS takes no second one, so it keeps the name of who came first, and goes when that one moves; the other's next run then
 * adds their own.
 */
export function ingressDifference(
  { permissions, myIpAccess }: DeclaredIngress,
  actual: readonly Permission[],
  myIp: MyIp | undefined,
): IngressDifference {
  const wanted = new Set(permissions.map(permissionKey))
  const present = new Set(actual.map(permissionKey))
  const isOfAnotherOperator = (permission: Permission) =>
    isOfMyIp(permission.description) &&
    permission.description !== myIp?.description &&
    myIpAccess.has(accessKey(permission))
  return {
    missing: permissions.filter((permission) => !present.has(permissionKey(permission))),
    surplus: actual.filter(
      (permission) => !wanted.has(permissionKey(permission)) && !isOfAnotherOperator(permission),
    ),
  }
}
