/** What a driver is told of an instance that AWS says is running. */
export interface Machine {
  instanceId: string
  /** When it was started or rebooted last: what ran on it before does not any more. In milliseconds since 1970. */
  bootedAt: number
  /** The image it was launched from. A driver that has captured that image starts from its disk. */
  imageId: string
  /** Where its SSH server answers. */
  address: string
  port: number
  /** The login that the image's maker set up, such as `ubuntu`. */
  user: string
  /** Public keys that may log in as that user, as lines of authorized_keys. */
  authorizedKeys: readonly string[]
  /** Run once, at its first boot; as it was given to RunInstances, decoded. */
  userData: string | undefined
  privateAddress: string
  /** Of its subnet's host name, such as `ip-172-31-0-12.ec2.internal`. */
  privateDnsName: string
  /** Whose name its requests to AWS are signed by, where it has an instance profile. */
  role?: string
  /** Missing where it has none. */
  network?: Network
}

/** Gives what a machine gets from a URL, by a request that is signed by a role or by nobody; undefined where no such host can be resolved. */
export type Network = (
  url: string,
  role?: string,
) => Promise<{ status: number; body: Uint8Array } | undefined>

export interface Captured {
  /** The first Chef run of what is launched from it fails. */
  convergeFails: boolean
}

/** A script that an agent of the machine runs, as root. */
export interface AgentScript {
  text: string
  /** The folder that it runs in; `/` where that is none. */
  folder: string
  /** In seconds of the machine, in which what it waits for passes at once. */
  timeout: number
  /** Aborting it ends the script. */
  signal: AbortSignal
}

export interface AgentRun {
  exitCode: number
  stdout: string
  stderr: string
  /** That it waited. */
  seconds: number
  isTimedOut: boolean
}

/**
 * Where instances are machines that one can log in to. A driver keeps their disks and starts their SSH servers; that
 * an instance exists, and whether it runs, is the account's to say.
 */
export interface Hosts {
  /** Gives the machines a network, which is all that they reach. */
  connect(network: Network): void
  /**
   * The text on the console since the first boot, with the host's public keys as cloud-init prints them. Boots the
   * machine when that has not happened yet.
   */
  console(machine: Machine): Promise<string>
  /** Makes exactly these machines answer; those that did and are not named any more fall silent. */
  answer(machines: readonly Machine[]): Promise<void>
  /** Keeps the machine's disk as the disk of an image, and says what comes of the image's nodes. */
  capture(machine: Machine, imageId: string): Promise<Captured>
  /** Runs a script on the machine's disk; boots it when that has not happened yet. Throws when it is aborted. */
  run(machine: Machine, script: AgentScript): Promise<AgentRun>
  /** Removes the disks of instances and images that exist no more. */
  forget(ids: readonly string[]): Promise<void>
  /** Waits until no client of another process needs these machines to answer; who sits at a terminal is not waited for. */
  idle(): Promise<void>
  /** All machines fall silent; their disks stay. */
  close(): Promise<void>
}
