import { expect, test } from 'vitest'

import type { CloudCall } from '../../action.ts'
import type { AgentState } from '../../ports/cloud/commands.ts'
import type { GroupPlan } from '../deploy-plan.ts'
import { awaitAgents } from './await-agents.ts'

const minute = 60_000

interface Case {
  /** In milliseconds: how old an instance is, and in how long its agent is online, if ever. */
  hosts: Readonly<Record<string, { age: number; onlineIn: number }>>
  profile?: string
  stopAfter?: number
}

/** Gives how long was waited, in minutes, and what was told. AWS's time is an hour ahead of the operator's. */
async function waited({ hosts, profile = 'web', stopAfter = Infinity }: Case) {
  let now = 0
  const cloud = {
    now: () => now + 60 * minute,
    agents: (ids: readonly string[]) => {
      const online = ids.filter((id) => (hosts[id]?.onlineIn ?? Infinity) <= now)
      return Promise.resolve(new Map<string, AgentState>(online.map((id) => [id, 'online'])))
    },
  }
  const texts: string[] = []
  const call = {
    clouds: { in: () => cloud },
    clock: {
      now: () => now,
      sleep: (milliseconds: number) => Promise.resolve(void (now += milliseconds)),
      random: () => 0.5,
      pollInterval: minute,
    },
    stop: { isAsked: () => now >= stopAfter },
    report: ({ text }: { text: string }) => texts.push(text),
  } as unknown as CloudCall
  const fields = profile === '' ? {} : { iam_instance_profile: profile }
  const group: GroupPlan['group'] = { name: 'web', own: fields, fields }
  const instances = Object.entries(hosts).map(([id, { age }]) => {
    return { id, launchTime: cloud.now() - age }
  })
  await awaitAgents(call, { group, region: 'eu-central-1' }, instances)
  return { minutes: now / minute, texts }
}

test('agents of new instances are waited for until all are online', async () => {
  const hosts = {
    'i-1': { age: 0, onlineIn: minute },
    'i-2': { age: 0, onlineIn: 3 * minute },
    'i-3': { age: 0, onlineIn: 0 },
    'i-4': { age: 20 * minute, onlineIn: Infinity },
  }
  const texts = [
    'web: waiting for the SSM agents of 2 instances launched just now',
    'web: waiting for the SSM agents of i-2 launched just now',
  ]
  expect(await waited({ hosts })).toEqual({ minutes: 3, texts })
})

test('each until ten minutes after its launch', async () => {
  const hosts = { 'i-1': { age: 4 * minute, onlineIn: Infinity }, 'i-2': { age: minute, onlineIn: Infinity } }
  expect(await waited({ hosts })).toMatchObject({ minutes: 9 })
})

test('nobody waits for those of older instances, nor where there is no instance profile', async () => {
  expect(await waited({ hosts: { 'i-1': { age: 10 * minute, onlineIn: Infinity } } })).toEqual({
    minutes: 0,
    texts: [],
  })
  const young = { 'i-1': { age: 0, onlineIn: Infinity } }
  expect(await waited({ hosts: young, profile: '' })).toEqual({ minutes: 0, texts: [] })
})

test('Ctrl-C ends the wait', async () => {
  const hosts = { 'i-1': { age: 0, onlineIn: Infinity } }
  await expect(waited({ hosts, stopAfter: 2 * minute })).rejects.toMatchObject({ kind: 'cancelled' })
})
