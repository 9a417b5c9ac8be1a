import type { Tags } from './tags.ts'

/** Whether the agent that runs commands on an instance is heard of. */
export type AgentState = 'online' | 'silent'

/** A script for instances, run by their agents as root. */
export interface CommandOrder {
  /** What it is found again by where its answer is lost: no other command of the account has it. At most 100 characters. */
  comment: string
  /** For sh. */
  script: string
  /** Up to fifty instances by id, or all that carry these tags. */
  to: { ids: readonly string[] } | { tags: Tags }
  /** Instances at the same time. */
  atOnce: number
  /** No new instance is begun once more than so many have failed; Infinity for never. */
  mostErrors: number
  /** In seconds, until an agent must have begun it. */
  deliveryTimeout: number
  /** In seconds, until an agent ends it. */
  executionTimeout: number
}

/** Systems Manager User Guide, "Understanding command statuses": the details of an invocation's. */
export type InvocationStatus =
  | 'Pending'
  | 'InProgress'
  | 'Delayed'
  | 'Cancelling'
  | 'Success'
  | 'Failed'
  | 'Cancelled'
  | 'DeliveryTimedOut'
  | 'ExecutionTimedOut'
  | 'Undeliverable'
  | 'Terminated'
  | 'InvalidPlatform'
  | 'AccessDenied'

/** A command on one instance. */
export interface Invocation {
  instanceId: string
  status: InvocationStatus
  /** The first 2500 characters of what was said, once it has ended. */
  beginning: string
}

/** The first 24,000 characters of each of what a script said, and what it ended with. */
export interface InvocationOutput {
  exitCode: number
  output: string
  errors: string
}

export interface Commands {
  /** By instance id; those without an agent that is known are left out. */
  agents(instanceIds: readonly string[]): Promise<Map<string, AgentState>>
  /** Gives its id. Whatever answers are lost, it is sent once. */
  sendCommand(order: CommandOrder): Promise<string>
  /** Of those instances that it has been found to be for by now. */
  invocations(commandId: string): Promise<Invocation[]>
  /** Whether nothing more becomes of it. */
  isCommandOver(commandId: string): Promise<boolean>
  invocationOutput(commandId: string, instanceId: string): Promise<InvocationOutput>
  /** Ends what has not ended on these instances, or keeps it from being begun, where Systems Manager can reach them. */
  cancelCommand(commandId: string, instanceIds: readonly string[]): Promise<void>
}
