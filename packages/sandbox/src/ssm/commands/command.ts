/** What Run Command was told to do. */
export interface Command {
  commandId: string
  documentName: string
  documentVersion: string
  comment: string
  parameters: Record<string, string[]>
  /** Those that were named; empty where targets were. */
  instanceIds: string[]
  targets: { key: string; values: string[] }[]
  /** Milliseconds since 1970, as all times here. */
  requestedAt: number
  timeoutSeconds: number
  /** In seconds. */
  executionTimeout: number
  /** Each a number or a share, such as `10%`. */
  maxConcurrency: string
  maxErrors: string
  /** Where what is printed goes too. */
  output?: { bucket: string; prefix: string }
  invocations: Invocation[]
}

/** A command on one instance. */
export interface Invocation {
  instanceId: string
  /** When its turn came, as one of MaxConcurrency. */
  sentAt?: number
  /** When its agent took it. */
  startedAt?: number
  /** Who really runs it: a process id, and which sandbox of that process. */
  runner?: string
  cancelledAt?: number
  /** What comes of it, and when: that time may be still to come. */
  end?: InvocationEnd
}

export interface InvocationEnd {
  at: number
  details: EndDetails
  exitCode: number
  stdout: string
  stderr: string
}

export type EndDetails =
  | 'Success'
  | 'Failed'
  | 'Cancelled'
  | 'ExecutionTimedOut'
  | 'DeliveryTimedOut'
  /** Never sent, as too many others failed. */
  | 'Terminated'

/** Systems Manager User Guide, "Understanding command timeout values": the total timeout. */
export function expiresAt({ requestedAt, timeoutSeconds, executionTimeout }: Command): number {
  return requestedAt + (timeoutSeconds + executionTimeout) * 1000
}

/** An end without output. */
export function silentEnd(at: number, details: EndDetails): InvocationEnd {
  return { at, details, exitCode: -1, stdout: '', stderr: '' }
}
