import { AsyncResource } from 'node:async_hooks'
import type { Socket } from 'node:net'

import type { AgentRun, AgentScript, Captured, Hosts, Machine, Network } from '../hosts.ts'
import { hold } from './ssh/hold.ts'
import { MachineFolders } from './machine-folders.ts'
import { MachineServer } from './ssh/machine-server.ts'

/** Machines that boot at once. */
const mostAtOnce = 8

/** To answer for a machine, or to find who does. */
const mostTries = 20

export interface FolderHostsOptions {
  /** Where the disks are kept; made when it is missing. */
  folder: string
}

/**
 * Machines that are folders: each is a disk, behind an SSH server of this process on an address of its own, with a
 * shell that is interpreted. Nothing is installed for it, nothing is spawned, and nothing outside of the folder is read
 * or written for whoever logs in.
 */
export function folderHosts({ folder }: FolderHostsOptions): Hosts {
  return new FolderHosts(new MachineFolders(folder))
}

class FolderHosts implements Hosts {
  readonly #folders: MachineFolders
  readonly #servers = new Map<string, MachineServer>()
  /** Connections to other processes that answer for machines. */
  readonly #holds = new Map<string, Socket>()
  #turn: Promise<unknown> = Promise.resolve()
  #network: Network | undefined
  #isClosed = false

  constructor(folders: MachineFolders) {
    this.#folders = folders
  }

  connect(network: Network): void {
    // just-bash forbids much to code that runs for a script; what answers is not part of that.
    this.#network = AsyncResource.bind(network)
  }

  async console(machine: Machine): Promise<string> {
    await this.#folders.boot(this.#connected(machine))
    return this.#folders.console(machine)
  }

  async answer(machines: readonly Machine[]): Promise<void> {
    return this.#inTurn(() =>
      this.#become(this.#isClosed ? [] : machines.map((each) => this.#connected(each))),
    )
  }

  async capture(machine: Machine, imageId: string): Promise<Captured> {
    return this.#folders.capture(this.#connected(machine), imageId)
  }

  async run(given: Machine, script: AgentScript): Promise<AgentRun> {
    const machine = this.#connected(given)
    await this.#folders.boot(machine)
    const { runByAgent } = await import('./shell/run-by-agent.ts')
    return runByAgent(this.#folders.disk(machine), machine, script)
  }

  async forget(ids: readonly string[]): Promise<void> {
    await this.#inTurn(() => this.#silence(ids))
    for (const id of ids) await this.#folders.remove(id)
  }

  async idle(): Promise<void> {
    await Promise.all([...this.#servers.values()].map((server) => server.idle()))
  }

  async close(): Promise<void> {
    this.#isClosed = true
    for (const socket of this.#holds.values()) socket.destroy()
    await this.#folders.close()
    await this.answer([])
  }

  #connected(machine: Machine): Machine {
    return this.#network ? { ...machine, network: this.#network } : machine
  }

  /** One change at a time, whether the one before succeeded or not. */
  async #inTurn(work: () => Promise<void>): Promise<void> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async #become(machines: readonly Machine[]): Promise<void> {
    const wanted = new Map(machines.map((machine) => [machine.instanceId, machine]))
    const gone = [...this.#servers].filter(([id, { machine }]) => !answersAt(machine, wanted.get(id)))
    await this.#silence(gone.map(([id]) => id))
    const missing: Machine[] = []
    for (const machine of wanted.values()) {
      const server = this.#servers.get(machine.instanceId)
      if (server) server.machine = machine
      else missing.push(machine)
    }
    const failures: unknown[] = []
    const workers = Array.from({ length: Math.min(mostAtOnce, missing.length) }, async () => {
      for (let machine = missing.shift(); machine && !this.#isClosed; machine = missing.shift()) {
        await this.#start(machine).catch((error: unknown) => failures.push(error))
      }
    })
    await Promise.all(workers)
    if (failures.length > 0 && !this.#isClosed) throw failures[0]
  }

  async #start(machine: Machine): Promise<void> {
    await this.#folders.boot(machine)
    const server = new MachineServer(machine, this.#folders.disk(machine), () =>
      this.#folders.hostKey(machine),
    )
    // Where another process answers, this one asks again next time: the other may have ended, even between the two.
    for (let tries = 0; tries < mostTries; tries += 1) {
      if (await server.listen()) {
        this.#servers.set(machine.instanceId, server)
        return
      }
      if (await this.#isHeld(machine)) return
    }
  }

  /** Whether another process answers, and goes on to for long enough to log in. */
  async #isHeld(machine: Machine): Promise<boolean> {
    const { instanceId } = machine
    if (this.#holds.has(instanceId)) return true
    const socket = await hold(machine)
    if (!socket) return false
    this.#holds.set(instanceId, socket)
    socket.once('close', () => this.#holds.delete(instanceId))
    return true
  }

  async #silence(ids: readonly string[]): Promise<void> {
    await Promise.all(
      ids.map(async (id) => {
        const server = this.#servers.get(id)
        this.#servers.delete(id)
        await server?.close()
      }),
    )
  }
}

function answersAt(one: Machine, other: Machine | undefined): boolean {
  return one.address === other?.address && one.port === other.port && one.bootedAt === other.bootedAt
}
