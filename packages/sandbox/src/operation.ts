import type { StaticOperationSchema } from '@smithy/types'

import type { AccountState, RegionState } from './account/account-state.ts'
import type { Consistency } from './account/consistency.ts'
import type { ObjectBodies } from './account/object-bodies.ts'
import type { LaunchFaults } from './faults/refused-launch.ts'
import type { Hosts } from './hosts/hosts.ts'

/** What an operation works on: the account as it is now, under the sandbox's lock. */
export interface Scope {
  readonly accountId: string
  readonly region: string
  /** This region's resources. What an operation changes here is kept, unless it throws. */
  readonly state: RegionState
  readonly account: AccountState
  /** Milliseconds since 1970 on the account's clock, which may run ahead of the machine's. */
  readonly now: number
  /** Seconds that a machine takes from pending to running, and so on; faults may change them. */
  readonly times: Times
  readonly consistency: Consistency
  readonly hosts: Hosts
  /** What lies in the buckets of S3. */
  readonly bodies: ObjectBodies
  readonly launchFaults: LaunchFaults
  /** A new id with this prefix. */
  newId(prefix: string): string
  /** Does this once the change is kept: what cannot be undone, such as removing a disk. */
  whenKept(work: Afterwards): void
}

/** What is to be done outside of the account's lock; what comes of it, it may put into the account. */
export type Afterwards = (change: (work: (account: AccountState) => void) => Promise<void>) => Promise<void>

/** How long AWS takes, in seconds. */
export interface Times {
  boot: number
  /** From running to passed status checks. */
  statusChecks: number
  /** From running to text on the console. */
  console: number
  stop: number
  terminate: number
  image: number
  snapshot: number
  volume: number
  /** Until a load balancer is active. */
  loadBalancer: number
  /** Until an Auto Scaling group acts on what was changed. */
  groupActivity: number
  /** Until an Auto Scaling group sees that an instance is not healthy. */
  healthCheck: number
  /** From running until the node has converged, and its user data completes the launch hook. */
  converge: number
  /** From running until the SSM agent answers. */
  agent: number
  /** That an agent takes for a command, beside what the command waits. */
  command: number
}

export interface Operation {
  readonly schema: StaticOperationSchema
  readonly run: Run<unknown, unknown>
  /** Changes nothing: needs no lock, and its answer may be lost without harm. */
  readonly isRead: boolean
}

/** Reads are answered without a lock; what else is changed in the scope is kept. */
export type Run<Input, Output> = (input: Input, scope: Scope) => Output | Promise<Output>

/** One of the SDK's operations, and what it does to the account. */
export function operation<Input, Output>(schema: StaticOperationSchema, run: Run<Input, Output>): Operation {
  return {
    schema,
    run: run as Run<unknown, unknown>,
    isRead: /^(Describe|Get|List)/.test(schema[2]),
  }
}

export type Protocol = 'ec2Query' | 'awsQuery' | 'awsJson' | 'rest'

/** A service of AWS: its protocol on the wire, and the operations that the sandbox knows. */
export interface Service {
  /** As signatures name it. */
  readonly name: string
  readonly protocol: Protocol
  /** How requests in JSON name it, where it takes such. */
  readonly json?: { readonly target: string; readonly version: '1.0' | '1.1' }
  readonly xmlNamespace: string
  readonly operations: ReadonlyMap<string, Operation>
}

/** The operations by name, for a Service. */
export function byName(operations: readonly Operation[]): ReadonlyMap<string, Operation> {
  return new Map(operations.map((each) => [each.schema[2], each]))
}
