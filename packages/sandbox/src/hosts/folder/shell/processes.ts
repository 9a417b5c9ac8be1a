import { randomUUID } from 'node:crypto'

import type { Device } from './device.ts'

/** The processes of one machine: the shells that run on it in this process, each with an id that no other one has had. */
export class Processes {
  /** Of the machine in this process: what ran on it before it was booted, or in another process, lives no more. */
  readonly #bootId = randomUUID()
  readonly #began = new Map<number, number>()
  #last = 1000

  /** Gives the id of a new one. */
  begin(): number {
    this.#last += 1
    this.#began.set(this.#last, Math.floor(performance.now() / 10))
    return this.#last
  }

  end(id: number): void {
    this.#began.delete(id)
  }

  lives(id: number): boolean {
    return this.#began.has(id)
  }

  /** What a kernel shows of them, as far as it is asked for here (proc(5)); undefined for other paths. */
  at(path: string): Device | undefined {
    if (path === '/proc/sys/kernel/random/boot_id') return text(`${this.#bootId}\n`)
    const id = Number(/^\/proc\/(\d+)\/stat$/.exec(path)?.[1])
    const began = this.#began.get(id)
    return began === undefined ? undefined : text(stat(id, began))
  }

  isFolder(path: string): boolean {
    return this.lives(Number(/^\/proc\/(\d+)$/.exec(path)?.[1]))
  }
}

const ofMachines = new Map<string, { bootedAt: number; processes: Processes }>()

/** Those of the machine with that disk since it was booted, whoever asks. */
export function processesOf(root: string, bootedAt: number): Processes {
  const known = ofMachines.get(root)
  if (known && known.bootedAt >= bootedAt) return known.processes
  const processes = new Processes()
  ofMachines.set(root, { bootedAt, processes })
  return processes
}

/** Its 22nd field is when it began, in hundredths of a second. */
function stat(id: number, began: number): string {
  const between = Array.from({ length: 17 }, () => '0').join(' ')
  return `${id} (bash) S 1 ${between} ${began} 0 0\n`
}

function text(content: string): Device {
  return { read: () => Buffer.from(content), write: async () => {} }
}
