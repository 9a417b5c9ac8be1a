import { randomBytes } from 'node:crypto'

import type { Device } from './device.ts'
import type { Processes } from './processes.ts'

/** Where a running script's output goes, and where an interactive shell says that it came to the end of a line. */
export const outputDevice = { stdout: '/dev/sandbox/stdout', stderr: '/dev/sandbox/stderr' }
export const statusDevice = '/dev/sandbox/status'

/** As much as a device without an end gives: whoever reads one here gets it whole. */
const endless = 65_536

const plain = new Map<string, Device>([
  ['/dev/null', { read: () => Buffer.alloc(0), write: async () => {} }],
  ['/dev/zero', { read: () => Buffer.alloc(endless), write: async () => {} }],
  ['/dev/random', { read: () => randomBytes(endless), write: async () => {} }],
  ['/dev/urandom', { read: () => randomBytes(endless), write: async () => {} }],
])

/** A device that hands on what is written to it. */
export function sink(write: (data: Buffer) => Promise<void>): Device {
  return { read: () => Buffer.alloc(0), write }
}

/** The devices of one running script, and what the kernel of its machine shows of processes. */
export class Devices {
  readonly #own: ReadonlyMap<string, Device>
  readonly #processes: Processes

  constructor(own: ReadonlyMap<string, Device>, processes: Processes) {
    this.#own = own
    this.#processes = processes
  }

  at(path: string): Device | undefined {
    return this.#own.get(path) ?? plain.get(path) ?? this.#processes.at(path)
  }

  isFolder(path: string): boolean {
    return isConnection(path) || this.#processes.isFolder(path)
  }
}

/**
 * Whether bash would open a connection for that path. It is shown as a folder: to open one fails, and what fails is the
 * command alone.
 */
function isConnection(path: string): boolean {
  return /^\/dev\/(tcp|udp)\//.test(path)
}
