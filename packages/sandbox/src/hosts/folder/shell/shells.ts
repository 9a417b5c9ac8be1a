import { Bash, getCommandNames, type BashOptions, type CommandName } from 'just-bash'

import type { Machine } from '../../hosts.ts'
import { hostName, loginIdentity, type Identity } from '../login.ts'
import { searchedFolders, type MachineFiles } from './machine-files.ts'
import type { Processes } from './processes.ts'
import { runFiles } from './run-files.ts'
import type { Shell, StandInHost } from './stand-ins/stand-in.ts'
import { standInNames, standIns } from './stand-ins/stand-ins.ts'
import { streamOutput } from './stream-output.ts'
import { tarOwners } from './tar-owners.ts'

/** Of just-bash's own: needs files beside its program, or runs code that is not a script. */
const leftOut = new Set<string>(['sqlite3', 'html-to-markdown', 'help'])

const ownNames = getCommandNames().filter((name) => !leftOut.has(name)) as CommandName[]

/** Not just-bash's own, which keep what they run to themselves. */
const attachingNames: ReadonlySet<string> = new Set(standInNames)

/** A loop without an end reaches them within a second or two, in which nothing else of the process runs. */
const limits: BashOptions['executionLimits'] = { maxCommandCount: 100_000, maxLoopIterations: 100_000 }

/** Of shells that start one another. */
const deepest = 8

export interface ShellOptions {
  longest?: number
  sleep?: (milliseconds: number) => Promise<void>
}

interface Starter {
  pid: number
  depth: number
}

const login: Starter = { pid: 1, depth: 0 }

/** Opens the shells of one script: its own, and those of other users that sudo starts from it. */
export class Shells {
  /** What is found in /usr/bin without being on the disk. */
  readonly programs: ReadonlySet<string> = new Set([...ownNames, ...standInNames])
  readonly #machine: Machine
  readonly #processes: Processes
  readonly #options: ShellOptions

  constructor(machine: Machine, processes: Processes, options: ShellOptions) {
    this.#machine = machine
    this.#processes = processes
    this.#options = options
  }

  /** A shell that has these variables beside, or in the place of, those that a login sets. It is a process until it is ended. */
  open(
    files: MachineFiles,
    identity: Identity,
    env: Readonly<Record<string, string>>,
    starter: Starter = login,
  ): Shell {
    const pid = this.#processes.begin()
    const { longest = 3_600_000, sleep } = this.#options
    const host: StandInHost = {
      machine: this.#machine,
      identity,
      login: loginIdentity(this.#machine),
      lives: (id) => this.#processes.lives(id),
      shellOf: (other, more) => {
        if (starter.depth === deepest) return undefined
        return this.open(
          files,
          other,
          { ...more, ...this.#ofLogin(other) },
          { pid, depth: starter.depth + 1 },
        )
      },
    }
    const bash = new Bash({
      fs: files,
      cwd: '/',
      env: { ...this.#ofLogin(identity), ...this.#general(), ...env },
      commands: ownNames,
      customCommands: standIns(host),
      executionLimits: { ...limits, maxExecutionTimeMs: longest },
      processInfo: { pid, ppid: starter.pid, uid: identity.uid, gid: identity.uid },
      ...(sleep && { sleep }),
    })
    bash.registerTransformPlugin(runFiles(this.programs, (name) => files.commandNamed(name)))
    bash.registerTransformPlugin(tarOwners())
    bash.registerTransformPlugin(streamOutput(attachingNames))
    return { bash, end: () => this.#processes.end(pid) }
  }

  #ofLogin({ name, home }: Identity): Record<string, string> {
    return { HOME: home, LOGNAME: name, SHELL: '/bin/bash', USER: name }
  }

  #general(): Record<string, string> {
    return {
      HOSTNAME: hostName(this.#machine),
      LANG: 'C.UTF-8',
      PATH: searchedFolders.join(':'),
    }
  }
}
