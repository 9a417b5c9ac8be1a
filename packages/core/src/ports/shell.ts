/** A machine that one can log in to. */
export interface RemoteHost {
  instanceId: string
  address: string
  user: string
  /** Path of the private key; without it, what the operator's ssh finds. */
  keyPath?: string
  /** Whether to trust the first host key that is met, where none is pinned. */
  acceptNewHostKey?: boolean
}

/** How the run of a script ended. */
export type ScriptEnd =
  | { ended: 'exit'; code: number }
  | { ended: 'timeout' }
  | { ended: 'stopped' }
  /** It never was, or broke; with what ssh said. */
  | { ended: 'connection'; wasThere: boolean; reason: string }

export interface ScriptRun {
  /** For sh; run by root, whoever the login is. It ends with no 255, which is ssh's own. */
  script: string
  /** Nothing without it. */
  stdin?: Uint8Array
  /** Told of each line of its output, as it comes. */
  onLine: (line: string) => void
  /** Told of each line that is ssh's own, or its jump hosts'. */
  onOwnLine: (line: string) => void
  /** In milliseconds, of this machine's time. */
  timeout: number
  /** Looked at now and then: once it is true, the connection is ended. */
  isStopped: () => boolean
}

/** Log-ins over SSH. Host keys are pinned by instance id in the project's own known-hosts file. */
export interface Shell {
  /** Throws PackageError (system) where there is nothing to log in with. */
  checkClient(): void
  /** Whether a host key is pinned for the instance. */
  knows(instanceId: string): boolean
  /** Pins host keys, as lines of a known_hosts file without the host: `ssh-ed25519 AAAA…`. */
  pin(instanceId: string, hostKeys: readonly string[]): void
  /** Forgets the keys of instances that are gone. */
  forget(instanceIds: readonly string[]): void
  /** Whether the host lets us in and runs a command; otherwise what ssh said. */
  reach(host: RemoteHost): Promise<{ reached: true } | { reached: false; reason: string }>
  /** Runs a script, over a connection of its own that nobody is asked anything on. */
  execute(host: RemoteHost, run: ScriptRun): Promise<ScriptEnd>
  /**
   * A session in this terminal, or one command in it; gives its exit code. A command of one word is a line for the remote
   * shell; the words of a longer one arrive as they are.
   */
  logIn(host: RemoteHost, command: readonly string[]): Promise<number>
  /** Throws PackageError (config) for a private key file that is missing or that ssh would refuse. */
  checkKeyFile(keyPath: string): void
  /**
   * The public half of a private key file, as a line of authorized_keys.
   * Throws PackageError (config) for a file that is missing, is no key, needs a passphrase without its .pub beside it,
   * or that others can read, as ssh refuses it.
   */
  publicKeyOf(keyPath: string): Promise<string>
}
