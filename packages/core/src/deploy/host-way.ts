import type { Instance } from '../ports/cloud/instances.ts'
import type { ScriptEnd } from '../ports/shell.ts'

/** What is run on a host. */
export interface HostScript {
  script: string
  /** What the script takes from its standard input. */
  archive: Uint8Array | undefined
  onLine: (line: string) => void
  /** Takes what the way itself says, and not the script. */
  onOwnLine: (line: string) => void
}

/** A way to the hosts of a group. */
export interface HostWay {
  /** Makes sure that the host is who it says. Throws PackageError where that cannot be known. */
  prepare(instance: Instance): Promise<void>
  /** Whether the host lets us in; otherwise why not. */
  reach(instance: Instance): Promise<{ reached: true } | { reached: false; reason: string }>
  run(instance: Instance, script: HostScript): Promise<ScriptEnd>
}
