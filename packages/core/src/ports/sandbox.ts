export interface SandboxSummary {
  folder: string
  /** Where it is served, if it is. */
  url: string | undefined
  /** ISO 8601, on the account's own clock. */
  time: string
  regions: { region: string; instances: Readonly<Record<string, number>> }[]
}

/** A call of some client that was answered. */
export interface AnsweredCall {
  service: string
  region: string
  operation: string
  requestId: string
  /** Of HTTP. */
  status: number
}

/** The embedded AWS of the project. */
export interface SandboxControl {
  /** Answers AWS clients over HTTP until the process is told to end. Throws PackageError (conflict) when it is served already. */
  serve(how: {
    port: number
    speed: number
    onServing: (url: string) => void
    onCall: (call: AnsweredCall) => void
  }): Promise<void>
  status(): Promise<SandboxSummary>
  /** Forgets the whole account. Throws PackageError (conflict) while it is served. */
  reset(): Promise<void>
}
