import { expect, test } from 'vitest'

import type { CloudCall } from '../../action.ts'
import type { CommandOrder, Commands, Invocation, InvocationStatus } from '../../ports/cloud/commands.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import type { DeployOrder } from '../deploy-order.ts'
import type { GroupPlan } from '../deploy-plan.ts'
import { CommandSender } from './command-sender.ts'

const hour = 3_600_000

/** Run Command with agents that are heard of, and of which so many take a command; the others leave it where it is. */
function slowAgents(takers: number, areKnown: boolean): Commands & { sent: CommandOrder[] } {
  const sent: CommandOrder[] = []
  const statuses: Map<string, InvocationStatus>[] = []
  const statusesOf = (commandId: string) => statuses[Number(commandId)] ?? new Map<string, InvocationStatus>()
  return {
    sent,
    agents: (ids) => Promise.resolve(new Map(areKnown ? ids.map((id) => [id, 'online']) : [])),
    sendCommand(order) {
      const ids = 'ids' in order.to ? order.to.ids : []
      statuses.push(new Map(ids.map((id, index) => [id, index < takers ? 'Success' : 'Pending'])))
      return Promise.resolve(String(sent.push(order) - 1))
    },
    invocations: (id) =>
      Promise.resolve(
        [...statusesOf(id)].map(([instanceId, status]): Invocation => {
          return { instanceId, status, beginning: status === 'Success' ? 'package:run-1 begun' : '' }
        }),
      ),
    isCommandOver: () => Promise.resolve(false),
    invocationOutput: () => Promise.reject(new Error('no host has failed')),
    cancelCommand(commandId, ids) {
      for (const id of ids) statusesOf(commandId).set(id, 'Cancelled')
      return Promise.resolve()
    },
  }
}

/**
 * Deploys to three hosts that were launched just now, one at a time; gives what became of each, and the commands that it took. Where
 * their agents are not known, Ctrl-C comes a minute later.
 */
async function deployed(takers: number, areKnown = true) {
  const commands = slowAgents(takers, areKnown)
  let now = 0
  const clock = {
    now: () => now,
    sleep: (milliseconds: number) => Promise.resolve(void (now += milliseconds)),
    random: () => 0.5,
    pollInterval: 60_000,
  }
  const cloud = {
    ...commands,
    now: () => now,
    artifactUrl: (_place: unknown, seconds: number) =>
      Promise.resolve({ url: 'https://bucket', expiresAt: now + seconds * 1000 }),
  }
  const call = {
    clouds: { in: () => cloud },
    clock,
    nodes: { settings: { project: 'bees' } },
    run: { id: 'run-1' },
    stop: { isAsked: () => !areKnown && now >= 60_000 },
    report: () => undefined,
    logs: { open: () => () => undefined },
  } as unknown as CloudCall
  const bundles = new Map([['web', { digest: 'f00d' }]])
  const order = { bundles, parallel: 1, timeout: hour, whyRun: false } as unknown as DeployOrder
  const instances = ['i-1', 'i-2', 'i-3'].map(
    (id) => ({ id, tags: {}, launchTime: 0 }) as unknown as Instance,
  )
  const plan: GroupPlan = {
    group: { name: 'web', own: {}, fields: { iam_instance_profile: 'web' } },
    region: 'eu-central-1',
    instances,
  }
  const places = new Map([['web', { bucket: 'artifacts', key: 'web.tar.gz' }]])
  const sender = new CommandSender(call, order, {
    way: { bucket: 'artifacts', areWholeGroups: false },
    places,
  })
  const ends: Record<string, string> = {}
  const tell: Parameters<CommandSender['deploy']>[2]['tell'] = ({ id }, { status }) => {
    ends[id] = status
    return Promise.resolve()
  }
  await sender.deploy(plan, instances, { slot: (work) => work(), halt: () => undefined, tell }, () => 0)
  return { ends: Object.values(ends), sent: commands.sent.map(({ to }) => ('ids' in to ? to.ids.length : 0)) }
}

test('those whose turn has not come before the bundle cannot be fetched any more get another command', async () => {
  expect(await deployed(1)).toEqual({ ends: ['converged', 'converged', 'converged'], sent: [3, 2, 1] })
})

test('a command that no agent takes is not sent again', async () => {
  expect(await deployed(0)).toEqual({ ends: ['unreachable', 'unreachable', 'unreachable'], sent: [3] })
})

test('after Ctrl-C nobody waits for the agents of new instances, and nothing is sent', async () => {
  expect(await deployed(3, false)).toEqual({ ends: ['not started', 'not started', 'not started'], sent: [] })
})
