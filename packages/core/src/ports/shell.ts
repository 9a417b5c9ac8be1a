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

/** Log-ins over SSH. Host keys are pinned by instance id in the project's own known-hosts file. */
export interface Shell {
  /** Whether a host key is pinned for the instance. */
  knows(instanceId: string): boolean
  /** Pins host keys, as lines of a known_hosts file without the host: `ssh-ed25519 AAAA…`. */
  pin(instanceId: string, hostKeys: readonly string[]): void
  /** Forgets the keys of instances that are gone. */
  forget(instanceIds: readonly string[]): void
  /** Whether the host lets us in and runs a command; otherwise what ssh said. */
  reach(host: RemoteHost): Promise<{ reached: true } | { reached: false; reason: string }>
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
