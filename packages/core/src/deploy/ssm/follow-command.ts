import { PackageError } from '../../errors.ts'
import type { Clock } from '../../ports/clock.ts'
import type { Cloud } from '../../ports/cloud/cloud.ts'
import type { Commands, Invocation } from '../../ports/cloud/commands.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { Turn } from '../deploy-groups.ts'
import { listenToHost } from '../host-said.ts'
import { invocationEnd, isAgentsOwn, isOpen, isWaiting, spokenText, tellsMore } from './invocation-end.ts'

/** Looks, between which nobody asks after the agents of those that are not done. */
const agentInterval = 6

/** In milliseconds: how long after Ctrl-C what becomes of those at work is waited for. */
const stopPatience = 20_000

/** In milliseconds: how soon a wish to stop is heeded; later where the operator has waits look seldom. */
const leastPause = 1000

/** In milliseconds: how much later than its timeout an agent may tell of it. */
const lateness = 120_000

export interface Following {
  commands: Commands & Pick<Cloud, 'now'>
  clock: Clock
  commandId: string
  run: string
  instances: readonly Instance[]
  /** Milliseconds since 1970, in AWS's time: from then on nothing is begun, as the bundle cannot be fetched for much longer. */
  beginUntil: number
  /** In milliseconds, of a script. */
  timeout: number
  isStopped: () => boolean
  turn: Turn
  logOf: (instance: Instance) => (line: string) => void
}

/** Tells what becomes of each host of a command, until it is known of all. Gives those that are to be sent another one. */
export async function followCommand(following: Following): Promise<Instance[]> {
  return new CommandFollower(following).follow()
}

class CommandFollower {
  readonly #given: Following
  readonly #open: Map<string, Instance>
  /** Since when. */
  readonly #running = new Map<string, number>()
  readonly #again: Instance[] = []
  #looks = 0
  #stoppedAt: number | undefined
  #heldBackAt: number | undefined

  constructor(given: Following) {
    this.#given = given
    this.#open = new Map(given.instances.map((instance) => [instance.id, instance]))
  }

  /** What AWS does not tell any more is not known of the hosts that have not ended. */
  async follow(): Promise<Instance[]> {
    try {
      return await this.#follow()
    } catch (error) {
      if (!(error instanceof PackageError)) throw error
      for (const instance of this.#open.values()) {
        await this.#end(instance, { status: 'lost', code: error.code, reason: error.message })
      }
      return this.#again
    }
  }

  async #follow(): Promise<Instance[]> {
    const { commands, commandId, clock } = this.#given
    for (;;) {
      const invocations = await commands.invocations(commandId)
      for (const invocation of invocations) await this.#take(invocation)
      await this.#giveUpMissing(new Set(invocations.map(({ instanceId }) => instanceId)))
      if (this.#open.size === 0) return this.#again
      await this.#stop()
      await this.#holdBack(invocations)
      await this.#giveUpLost()
      await this.#pause(clock.pollInterval * (0.75 + clock.random() / 2))
    }
  }

  async #take(invocation: Invocation): Promise<void> {
    const instance = this.#open.get(invocation.instanceId)
    if (instance === undefined) return
    if (invocation.status === 'InProgress') await this.#tellRunning(instance)
    if (isOpen(invocation)) return
    const { commands, commandId, run, logOf } = this.#given
    const output = tellsMore(invocation) ? await commands.invocationOutput(commandId, instance.id) : undefined
    const text = spokenText(invocation, output)
    if (text !== '') await this.#tellRunning(instance)
    const log = text === '' ? () => undefined : logOf(instance)
    const { said, onLine } = listenToHost(run, log)
    for (const line of text.split(/\r?\n/)) (isAgentsOwn(line) ? log : onLine)(line)
    if (invocation.status === 'Cancelled') return this.#takeCancelled(instance)
    const end = invocationEnd(invocation, said, output)
    const wasSeen = this.#running.has(instance.id) && end.status === 'unreachable'
    await this.#end(instance, wasSeen ? { ...end, status: 'lost' } : end)
  }

  /** What somebody else cancels is reported as what it is. */
  async #takeCancelled(instance: Instance): Promise<void> {
    const { turn, commands, beginUntil } = this.#given
    const halt = turn.halt()
    const hasBegun = this.#running.has(instance.id)
    if (halt === undefined && !hasBegun && commands.now() >= beginUntil) {
      this.#open.delete(instance.id)
      this.#again.push(instance)
      return
    }
    const reason = halt ?? 'the command was cancelled'
    await this.#end(instance, hasBegun ? { status: 'stopped', reason } : { status: 'not started', reason })
  }

  /** Targets are looked for after a command was sent; once it is over, what it was not found to be for never is. */
  async #giveUpMissing(found: ReadonlySet<string>): Promise<void> {
    const missing = [...this.#open.values()].filter(({ id }) => !found.has(id))
    const { commands, commandId } = this.#given
    if (missing.length === 0 || !(await commands.isCommandOver(commandId))) return
    for (const instance of missing) {
      const reason = 'Systems Manager has not found it: it may have gone meanwhile'
      await this.#end(instance, { status: 'unreachable', reason })
    }
  }

  async #stop(): Promise<void> {
    const { commands, commandId, clock, isStopped } = this.#given
    if (!isStopped()) return
    if (this.#stoppedAt === undefined) {
      this.#stoppedAt = clock.now()
      await commands.cancelCommand(commandId, [...this.#open.keys()])
    } else if (clock.now() - this.#stoppedAt > stopPatience) {
      for (const instance of this.#open.values()) await this.#takeCancelled(instance)
    }
  }

  /**
   * Keeps from beginning what has not begun, once too many have failed or the bundle cannot be fetched much longer. What tags found
   * beside those that are open would only keep their turns from them.
   */
  async #holdBack(invocations: readonly Invocation[]): Promise<void> {
    const { commands, commandId, beginUntil, turn } = this.#given
    const isOver = turn.halt() !== undefined || commands.now() >= beginUntil
    const unwanted = invocations
      .filter((invocation) => isWaiting(invocation) && (isOver || !this.#open.has(invocation.instanceId)))
      .map(({ instanceId }) => instanceId)
    if (unwanted.length > 0) await commands.cancelCommand(commandId, unwanted)
    if (isOver) await this.#giveUpHeldBack()
  }

  /** A cancellation is a wish: what does not heed it would be waited for until the command expires. */
  async #giveUpHeldBack(): Promise<void> {
    const { clock, turn } = this.#given
    const now = clock.now()
    this.#heldBackAt ??= now
    if (now - this.#heldBackAt < lateness) return
    for (const instance of this.#open.values()) {
      if (this.#running.has(instance.id)) continue
      const halt = turn.halt()
      const reason = 'Systems Manager has neither begun the command there nor cancelled it'
      await this.#end(
        instance,
        halt === undefined ? { status: 'unreachable', reason } : { status: 'not started', reason: halt },
      )
    }
  }

  /** A host that goes away in the middle would be waited for until the command expires. */
  async #giveUpLost(): Promise<void> {
    const { commands, commandId, clock, timeout } = this.#given
    const now = clock.now()
    for (const [id, since] of this.#running) {
      const instance = this.#open.get(id)
      if (instance === undefined || now - since < timeout + lateness) continue
      await commands.cancelCommand(commandId, [id])
      await this.#end(instance, { status: 'timed out', reason: 'nothing was heard of its end' })
    }
    this.#looks += 1
    if (this.#looks % agentInterval !== 0 || this.#open.size === 0) return
    const agents = await commands.agents([...this.#open.keys()])
    for (const [id, instance] of this.#open) {
      if (agents.get(id) === 'online') continue
      await commands.cancelCommand(commandId, [id])
      const status = this.#running.has(id) ? 'lost' : 'unreachable'
      await this.#end(instance, { status, reason: 'its SSM agent is not heard of any more' })
    }
  }

  async #tellRunning(instance: Instance): Promise<void> {
    if (this.#running.has(instance.id)) return
    this.#running.set(instance.id, this.#given.clock.now())
    await this.#given.turn.tell(instance, { status: 'running' })
  }

  async #end(instance: Instance, end: Parameters<Turn['tell']>[1]): Promise<void> {
    const since = this.#running.get(instance.id)
    const seconds = since === undefined ? {} : { seconds: (this.#given.clock.now() - since) / 1000 }
    this.#open.delete(instance.id)
    await this.#given.turn.tell(instance, { ...end, ...seconds })
  }

  async #pause(milliseconds: number): Promise<void> {
    const { clock, isStopped } = this.#given
    const until = clock.now() + milliseconds
    const pause = Math.max(leastPause, clock.pollInterval / 5)
    for (let left = milliseconds; left > 0; left = until - clock.now()) {
      await clock.sleep(Math.min(left, pause))
      if (isStopped() && this.#stoppedAt === undefined) return
    }
  }
}
