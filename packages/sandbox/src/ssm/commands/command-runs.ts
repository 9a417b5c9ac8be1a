import { randomUUID } from 'node:crypto'

import type { AccountState } from '../../account/account-state.ts'
import { copyOf } from '../../account/copy-of.ts'
import { isAlive } from '../../account/is-alive.ts'
import type { Store } from '../../account/store.ts'
import { machineOf } from '../../ec2/instances/machines.ts'
import type { AgentRun, AgentScript, Hosts, Machine } from '../../hosts/hosts.ts'
import type { Scope } from '../../operation.ts'
import { agentScript, runEnd } from './agent-script.ts'
import type { Command, Invocation } from './command.ts'
import { keepOutput } from './keep-output.ts'
import { isOpen, proceed } from './proceed.ts'

/** Scripts that really run at once: the account's own MaxConcurrency is on its clock. */
const mostAtOnce = 8

/** In milliseconds: those that end in it are written down together. */
const together = 100

/** An invocation, by what it is known by outside of the account. */
interface Run {
  key: string
  machine: Machine
  script: Omit<AgentScript, 'signal'>
}

interface Surroundings {
  store: Store
  hosts: Hosts
  /** The regions of an account, as they are now. */
  scopesOf: (account: AccountState) => Scope[]
}

/**
 * The agents of all instances: has commands that were sent really run on their hosts, in this process, for as long as it has
 * the sandbox open. What a process leaves behind that ended, the next one takes up.
 */
export class CommandRuns {
  readonly #around: Surroundings
  readonly #runner = `${String(process.pid)} ${randomUUID()}`
  readonly #closing = new AbortController()
  readonly #running = new Map<string, AbortController>()
  readonly #waiting: Run[] = []
  readonly #ended = new Map<string, AgentRun>()
  #wake: (() => void) | undefined
  #turn: Promise<void> | undefined

  constructor(around: Surroundings) {
    this.#around = around
  }

  /** Does what is due, while the caller goes on. What goes wrong is met again by who waits for it. */
  poke(): void {
    void this.settle().catch(() => undefined)
  }

  /** Does what is due by now in the account, and waits until it is done. */
  async settle(): Promise<void> {
    this.#turn ??= this.#settle().finally(() => {
      this.#turn = undefined
    })
    return this.#turn
  }

  /** Ends what runs; it starts over when somebody opens the sandbox again. */
  async close(): Promise<void> {
    this.#closing.abort()
    const isBusy = this.#running.size + this.#waiting.length + this.#ended.size > 0
    for (const each of this.#running.values()) each.abort()
    await this.#turn?.catch(() => undefined)
    // The folder may be gone by now.
    if (isBusy) await this.#around.store.change((account) => this.#release(account)).catch(() => undefined)
  }

  async #settle(): Promise<void> {
    while (!this.#closing.signal.aborted) {
      if (this.#hasWork()) {
        await this.#proceedTogether()
      } else {
        if (this.#running.size === 0) return
        await new Promise<void>((resolve) => {
          const timer = setTimeout(resolve, together)
          this.#wake = () => {
            clearTimeout(timer)
            resolve()
          }
        })
      }
    }
  }

  /** Whether a look at the account would change something in it. */
  #hasWork(): boolean {
    if (this.#ended.size > 0) return true
    const kept = this.#around.store.read()
    return this.#around.scopesOf({ ...kept, regions: { ...kept.regions } }).some((scope) =>
      openCommands(scope).some((command) => {
        const copy = copyOf(command)
        const isNew = proceed(copy, scope).some((each) => this.#isFree(each))
        const isOver = copy.invocations.some(
          (each) => each.end && this.#running.get(keyOf(scope, command, each))?.signal.aborted === false,
        )
        return isNew || isOver || JSON.stringify(copy) !== JSON.stringify(command)
      }),
    )
  }

  async #proceedTogether(): Promise<void> {
    const ended = new Map(this.#ended)
    const due = await this.#around.store.change((account) =>
      this.#around
        .scopesOf(account)
        .flatMap((scope) => openCommands(scope).flatMap((command) => this.#proceed(command, ended, scope))),
    )
    for (const key of ended.keys()) this.#ended.delete(key)
    this.#waiting.push(...due)
    this.#startWaiting()
  }

  #proceed(command: Command, ended: ReadonlyMap<string, AgentRun>, scope: Scope): Run[] {
    for (const invocation of command.invocations) {
      const key = keyOf(scope, command, invocation)
      const run = ended.get(key)
      if (run && invocation.end === undefined) {
        invocation.end = runEnd(command, invocation, run, scope)
        keepOutput(command, invocation, run, scope)
      }
      if (!invocation.end) continue
      delete invocation.runner
      this.#running.get(key)?.abort()
    }
    return proceed(command, scope).flatMap((invocation) => {
      const instance = scope.state.ec2.instances[invocation.instanceId]
      if (!instance || !this.#isFree(invocation)) return []
      invocation.runner = this.#runner
      const machine = machineOf(scope.state.ec2, instance)
      return { key: keyOf(scope, command, invocation), machine, script: agentScript(command) }
    })
  }

  #release(account: AccountState): void {
    for (const scope of this.#around.scopesOf(account)) {
      for (const invocation of openCommands(scope).flatMap(({ invocations }) => invocations)) {
        if (invocation.runner === this.#runner) delete invocation.runner
      }
    }
  }

  /** Nobody who lives runs it. */
  #isFree({ runner }: Invocation): boolean {
    if (runner === undefined) return true
    const [pid] = runner.split(' ')
    return !isAlive(Number(pid))
  }

  #startWaiting(): void {
    while (this.#running.size < mostAtOnce && !this.#closing.signal.aborted) {
      const run = this.#waiting.shift()
      if (!run) break
      const abort = new AbortController()
      this.#running.set(run.key, abort)
      void this.#run(run, abort.signal).finally(() => {
        this.#running.delete(run.key)
        this.#startWaiting()
      })
    }
    if (this.#running.size === 0) this.#wake?.()
  }

  async #run({ key, machine, script }: Run, signal: AbortSignal): Promise<void> {
    try {
      this.#ended.set(key, await this.#around.hosts.run(machine, { ...script, signal }))
    } catch (error) {
      if (signal.aborted) return
      const stderr = `the sandbox cannot run it: ${String(error)}\n`
      this.#ended.set(key, { exitCode: 1, stdout: '', stderr, seconds: 0, isTimedOut: false })
    }
  }
}

function openCommands({ state, now }: Scope): Command[] {
  return Object.values(state.ssm.commands).filter((each) => isOpen(each, now))
}

function keyOf({ region }: Scope, { commandId }: Command, { instanceId }: Invocation): string {
  return `${region} ${commandId} ${instanceId}`
}
