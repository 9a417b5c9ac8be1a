import { randomUUID } from 'node:crypto'
import { join } from 'node:path'

import type { AccountState } from './account/account-state.ts'
import { AccountStore } from './account/account-store.ts'
import { copyOf } from './account/copy-of.ts'
import { calmed, forwarded, timeOf, withSpeed } from './account/account-clock.ts'
import { Consistency } from './account/consistency.ts'
import { newId } from './account/ids.ts'
import { bodiesIn, bodiesInMemory, type ObjectBodies } from './account/object-bodies.ts'
import { regionState } from './account/region-state.ts'
import type { Store } from './account/store.ts'
import { catchUp, isBehind } from './autoscaling/catch-up/catch-up.ts'
import { AwsError } from './aws-error.ts'
import { countBy } from './count-by.ts'
import { stateOf } from './ec2/instances/instance-states.ts'
import { machinesOf } from './ec2/instances/machines.ts'
import { Faults } from './faults/faults.ts'
import { PublishedLimits } from './faults/published-limits.ts'
import type { Machine } from './hosts/hosts.ts'
import type { Afterwards, Operation, Protocol, Scope, Service } from './operation.ts'
import { dryRun, unknownOperation, unknownService } from './refused-calls.ts'
import type { AnsweredCall, SandboxOptions } from './sandbox-options.ts'
import { objectNetwork } from './s3/object-network.ts'
import { services } from './services.ts'
import { CommandRuns } from './ssm/commands/command-runs.ts'
import { usualTimes } from './usual-times.ts'
import { refusalAnswer, successAnswer } from './wire/answers.ts'
import { askedCall, type AskedCall } from './wire/asked-call.ts'
import { credentialScope, type WireAnswer, type WireRequest } from './wire/request.ts'

/** The account that every sandbox is; moto's is the same. */
export const accountId = '123456789012'

export type { AnsweredCall, SandboxOptions } from './sandbox-options.ts'

/** An AWS account in a folder, or in another store. Any number of processes may have a folder open at once. */
export class Sandbox {
  readonly #options: SandboxOptions
  readonly #store: Store
  readonly #bodies: ObjectBodies
  readonly #faults: Faults
  readonly #consistency: Consistency
  readonly #limits: PublishedLimits | undefined
  readonly #commands: CommandRuns
  readonly #doors = new Set<string>()
  #answersSsh = false

  constructor(options: SandboxOptions) {
    this.#options = options
    this.#store = 'store' in options ? options.store : new AccountStore(options.folder)
    this.#bodies = 'store' in options ? bodiesInMemory() : bodiesIn(join(options.folder, 'objects'))
    const { faults = {} } = options
    this.#faults = new Faults(faults)
    this.#consistency = new Consistency(faults.missingReads)
    this.#limits = faults.throttling === 'published' ? new PublishedLimits() : undefined
    options.hosts.connect(objectNetwork((request) => this.answer(request), this.#doors))
    this.#commands = new CommandRuns({
      store: this.#store,
      hosts: options.hosts,
      scopesOf: (account) => Object.keys(account.regions).map((region) => this.#scope(account, region, [])),
    })
  }

  /** Answers one request of an AWS client. Throws AnswerLost where a fault breaks the connection. */
  async answer(request: WireRequest): Promise<WireAnswer> {
    const requestId = randomUUID()
    let service: Service | undefined
    let protocol: Protocol = 'ec2Query'
    let call: Omit<AnsweredCall, 'requestId' | 'status'> | undefined
    try {
      const { service: serviceName, region } = credentialScope(request)
      service = services.get(serviceName)
      if (!service) throw unknownService(serviceName)
      protocol = service.protocol
      const asked = askedCall(request, service)
      const { operation: operationName } = asked
      protocol = asked.protocol
      call = { service: serviceName, region, operation: operationName }
      const operation = service.operations.get(operationName)
      if (!operation) throw unknownOperation(serviceName, operationName)
      const output = await this.#faults.around(operationName, serviceName, () =>
        this.#carryOut(operation, asked, serviceName, region),
      )
      if (serviceName === 'ssm') this.#commands.poke()
      return this.#answered(call, successAnswer(service, protocol, operation.schema, output, requestId))
    } catch (error) {
      if (!(error instanceof AwsError)) throw error
      return this.#answered(call, refusalAnswer(service, protocol, error, requestId))
    }
  }

  /** Tells where the sandbox answers over HTTP, so that its machines may ask it there too. */
  servedAt(url: string): void {
    this.#doors.add(new URL(url).host)
  }

  /** The account's time, in milliseconds since 1970. */
  now(): number {
    return timeOf(this.#store.read().clock)
  }

  /** Lets time pass in the account. */
  async advance(milliseconds: number): Promise<void> {
    await this.advanceTo(this.now() + milliseconds)
  }

  /** Lets time pass until then, unless it is later already: of several that wait at once, none waits for the others. */
  async advanceTo(time: number): Promise<void> {
    const whenKept: Afterwards[] = []
    const isQuiet = await this.#store.setClock?.((state) => {
      const clock = forwarded(state.clock, time)
      return this.#isBehind({ ...state, clock }) ? undefined : clock
    })
    if (isQuiet !== true) {
      await this.#store.change((state) => {
        state.clock = forwarded(state.clock, time)
        this.#catchUp(state, whenKept)
      })
    }
    await this.#finish(whenKept)
    await this.#commands.settle()
    if (this.#answersSsh) await this.answerSsh()
  }

  /** How many times faster than the machine's the account's clock runs from now on, in all processes, while this one lives. */
  async setSpeed(speed: number): Promise<void> {
    await this.#store.change((state) => {
      state.clock = withSpeed(state.clock, speed, process.pid)
    })
  }

  /** Ends the speed that a process which was killed has left. */
  async calmClock(): Promise<void> {
    const { clock } = this.#store.read()
    if (calmed(clock) === clock) return
    await this.#store.change((state) => {
      state.clock = calmed(state.clock)
    })
  }

  /** What the account holds, in short. */
  summary() {
    const { clock, regions } = this.#look()
    const now = timeOf(clock)
    return {
      time: new Date(now).toISOString(),
      regions: Object.entries(regions).map(([region, { ec2 }]) => ({
        region,
        instances: countBy(Object.values(ec2.instances).map((instance) => stateOf(instance, now))),
      })),
    }
  }

  /** Makes the machines of all running instances answer SSH, from now on until `close`. */
  async answerSsh(): Promise<void> {
    this.#answersSsh = true
    this.#commands.poke()
    await this.#options.hosts.answer(this.machines())
  }

  /** The machines of all running instances. */
  machines(): Machine[] {
    const state = this.#look()
    return Object.values(state.regions).flatMap((region) => machinesOf(region.ec2, timeOf(state.clock)))
  }

  /** Forgets everything in the account. The disks of its machines are the caller's to remove. */
  async reset(): Promise<void> {
    await this.#options.hosts.answer([])
    await this.#store.reset()
    this.#bodies.clear()
  }

  /** With `whenIdle`, only once the clients of other processes have no command left on the machines that answer here. */
  async close({ whenIdle = false } = {}): Promise<void> {
    if (whenIdle) await this.#options.hosts.idle()
    await this.#commands.close()
    await this.#options.hosts.close()
  }

  async #carryOut(operation: Operation, asked: AskedCall, serviceName: string, region: string) {
    const input = asked.input(operation.schema[4])
    if (serviceName === 'ec2') this.#limits?.take(region, operation.schema[2], input, this.now())
    const isDryRun = input['DryRun'] === true
    if (operation.isRead || isDryRun) {
      const account = isDryRun ? copyOf(this.#look()) : this.#look()
      const output = await operation.run(input, this.#scope(account, region, []))
      if (isDryRun) throw dryRun()
      return output
    }
    const whenKept: Afterwards[] = []
    const output = await this.#store.change((state) =>
      operation.run(input, this.#current(state, region, whenKept)),
    )
    await this.#finish(whenKept)
    if (this.#answersSsh) await this.answerSsh()
    return output
  }

  async #finish(whenKept: readonly Afterwards[]): Promise<void> {
    for (const work of whenKept) await work((change) => this.#store.change(change))
  }

  /** The account as it is now, for one who changes nothing in it: what no group has done since is shared with others. */
  #look(): AccountState {
    const kept = this.#store.read()
    return this.#isBehind(kept) ? this.#catchUp(copyOf(kept)) : { ...kept, regions: { ...kept.regions } }
  }

  #isBehind(account: AccountState): boolean {
    return isBehind(Object.keys(account.regions).map((region) => this.#scope(account, region, [])))
  }

  /** The account as it is now, with what its groups have done by themselves since it was changed last. */
  #current(account: AccountState, region: string, whenKept: Afterwards[]): Scope {
    const scope = this.#scope(account, region, whenKept)
    this.#catchUp(account, whenKept)
    return scope
  }

  #catchUp(account: AccountState, whenKept: Afterwards[] = []): AccountState {
    catchUp(Object.keys(account.regions).map((region) => this.#scope(account, region, whenKept)))
    return account
  }

  #scope(account: AccountState, region: string, whenKept: Afterwards[]): Scope {
    return {
      accountId,
      region,
      account,
      state: regionState(account, region, this.#options.images ?? []),
      now: timeOf(account.clock),
      times: { ...usualTimes, ...this.#options.faults?.times },
      consistency: this.#consistency,
      hosts: this.#options.hosts,
      bodies: this.#bodies,
      launchFaults: this.#options.faults ?? {},
      newId,
      whenKept: (work) => void whenKept.push(work),
    }
  }

  #answered(call: Omit<AnsweredCall, 'requestId' | 'status'> | undefined, answer: WireAnswer): WireAnswer {
    const { status } = answer
    const headers: WireAnswer['headers'] = { ...answer.headers, date: new Date(this.now()).toUTCString() }
    if (call) this.#options.onCall?.({ ...call, requestId: headers['x-amzn-requestid'] ?? '', status })
    return { ...answer, headers }
  }
}
