import { expect, test } from 'vitest'

import type { Cut, Position } from './cutting-proxy.ts'
import { FleetBySdk } from './fleet-by-sdk.ts'
import { cutsOver, runUntil, type KilledRun } from './killed-run.ts'
import { nodesText } from './project.ts'
import { SeededImages } from './seeded-images.ts'
import { serveSandbox } from './served-sandbox.ts'

const region = 'eu-central-1'

/** Two releases to go back and forth between; what they launch differs in a tag. */
type Release = 'one' | 'two'

function nodesOf(release: Release, more: object): object {
  return {
    __settings__: { project: 'tests' },
    __base__: {
      region,
      instance_type: 't3.micro',
      ssh_username: 'ubuntu',
      source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
    },
    web: {
      iam_instance_profile: 'web',
      run_list: ['recipe[web]'],
      tags: { release },
      autoscale: {
        node_min: 2,
        node_max: 4,
        timeout: 0,
        policies: [{ name: 'cpu', type: 'target_tracking', metric: 'cpu', target: 60 }],
        schedule: [{ cron: '0 7 1 1 *', node_min: 2 }],
      },
      ...more,
    },
  }
}

const load_balancer = {
  listeners: [{ port: 80, protocol: 'http' }],
  health_check: { interval: 10, timeout: 5, healthy: 2, unhealthy: 2 },
  drain: 10,
}

/** A group in a sandbox that another process serves. */
class KilledGroup {
  readonly #project = new SeededImages(nodesOf('one', {}))
  readonly #more: object
  #url = ''
  #fleet: FleetBySdk | undefined
  /** What each release launches, as its first, undisturbed start has said. */
  readonly digests: Partial<Record<Release, string>> = {}

  constructor(more: object) {
    this.#more = more
  }

  async begin(): Promise<this> {
    this.#project.addImage({ age: 1 })
    this.#project.seed()
    this.declare('one')
    this.#url = (await serveSandbox(this.#project)).url
    this.#fleet = new FleetBySdk({ endpoint: this.#url }, { region, group: 'web' })
    return this
  }

  get fleet(): FleetBySdk {
    if (this.#fleet === undefined) throw new Error('begin first')
    return this.#fleet
  }

  declare(release: Release): void {
    this.#project.write('nodes.json', nodesText(nodesOf(release, this.#more)))
  }

  /** Runs the action to its end, and gives its calls. */
  async rehearse(...words: string[]): Promise<Position[]> {
    const run = await this.#run(words)
    expect(run.exit, run.err).toBe(0)
    return run.positions
  }

  /** Kills the action at a call of it, and runs it once more. Gives whether there was such a call. */
  async killAndRunAgain(cut: Cut, words: string[], refusedWhenDone?: string): Promise<boolean> {
    const first = await this.#run(words, cut)
    const second = await this.#run(words)
    const isDone = refusedWhenDone !== undefined && second.err.includes(refusedWhenDone)
    if (!isDone) expect(second.exit, `${labelOf(words, cut)}: ${second.err}`).toBe(0)
    return first.wasKilled
  }

  #run(words: string[], cut?: Cut): Promise<KilledRun> {
    return runUntil(cut, { folder: this.#project.folder, url: this.#url, words })
  }

  /** One version serves, the release that is declared, and nothing is left of any other. */
  async expectSettled(release: Release, label: string): Promise<void> {
    const { fleet } = this
    const [versions, instances, templates, surroundings] = await Promise.all([
      fleet.versions(),
      fleet.instances(),
      fleet.templateVersions(),
      fleet.surroundings(),
    ])
    const [live] = versions
    const digest = live?.tags['package:digest'] ?? ''
    this.digests[release] ??= digest
    expect(
      versions.map(({ tags, ...version }) => ({
        ...version,
        phase: tags['package:phase'],
        digest: tags['package:digest'],
        owner: tags['package:owner'],
        frozen: tags['package:frozen'],
      })),
      label,
    ).toEqual([
      {
        name: live?.name,
        suspended: [],
        sizes: [2, 4, 2],
        template: templates.at(-1)?.number,
        instances: instances.map(({ id }) => ({ id, state: 'InService', health: 'Healthy' })),
        targetGroups: surroundings.targetGroups.map(() => expect.stringContaining('targetgroup/') as string),
        phase: 'live',
        digest: this.digests[release],
        owner: undefined,
        frozen: undefined,
      },
    ])
    expect(
      instances.map(({ tags }) => tags['release']),
      label,
    ).toEqual([release, release])
    const last = templates.at(-1)
    expect(last, label).toMatchObject({ isDefault: true })
    expect(last?.description, label).toContain(digest)
    const balancers = 'load_balancer' in this.#more ? 1 : 0
    expect(surroundings.loadBalancers, label).toHaveLength(balancers)
    expect(surroundings.targetGroups, label).toHaveLength(balancers)
    expect(surroundings.alarms, label).toHaveLength(2)
    for (const alarm of surroundings.alarms) expect(alarm, label).toContain(live?.name)
  }

  async expectGone(label: string): Promise<void> {
    const { fleet } = this
    expect(await fleet.versions(), label).toEqual([])
    expect(await fleet.instances(), label).toEqual([])
    expect(await fleet.templateVersions(), label).toEqual([])
    const nothing = { loadBalancers: [], targetGroups: [], alarms: [] }
    expect(await fleet.surroundings(), label).toEqual(nothing)
  }
}

function labelOf([action = '']: readonly string[], { when, operation, changes, look }: Cut): string {
  return `${action} killed ${when} ${operation} (${String(changes)}.${String(look)})`
}

const update = ['autoscale:update', 'web']
const run = ['autoscale:run', 'web']
const remove = ['autoscale:delete', 'web', '--yes']
const rollback = ['autoscale:rollback', 'web']

/** Kills updates from release to release. Gives the points at which one was killed. */
async function killUpdates(more: object, count: number): Promise<number> {
  const group = await new KilledGroup(more).begin()
  await group.rehearse(...run)
  await group.expectSettled('one', 'run')
  group.declare('two')
  const positions = await group.rehearse(...update)
  await group.expectSettled('two', 'update')
  let points = 0
  let release: Release = 'two'
  for (const cut of cutsOver(positions, count)) {
    release = release === 'one' ? 'two' : 'one'
    group.declare(release)
    const kept = (await group.fleet.templateVersions()).length
    points += (await group.killAndRunAgain(cut, update)) ? 1 : 0
    const label = labelOf(update, cut)
    await group.expectSettled(release, label)
    // Ten to go back to are kept.
    expect(await group.fleet.templateVersions(), label).toHaveLength(Math.min(kept + 1, 11))
  }
  return points
}

async function killStartsAndDeletions(count: number): Promise<[number, number]> {
  const group = await new KilledGroup({ load_balancer }).begin()
  const starts = cutsOver(await group.rehearse(...run), count)
  await group.expectSettled('one', 'run')
  const ends = cutsOver(await group.rehearse(...remove), count)
  await group.expectGone('delete')
  let [started, deleted] = [0, 0]
  for (const [index, start] of starts.entries()) {
    started += (await group.killAndRunAgain(start, run, 'AUTOSCALE_EXISTS')) ? 1 : 0
    await group.expectSettled('one', labelOf(run, start))
    const end = ends[index]
    if (end === undefined) continue
    deleted += (await group.killAndRunAgain(end, remove)) ? 1 : 0
    await group.expectGone(labelOf(remove, end))
  }
  return [started, deleted]
}

async function killRollbacks(count: number): Promise<number> {
  const group = await new KilledGroup({}).begin()
  await group.rehearse(...run)
  await group.expectSettled('one', 'run')
  group.declare('two')
  await group.rehearse(...update)
  const positions = await group.rehearse(...rollback)
  await group.expectSettled('one', 'rollback')
  let points = 0
  for (const cut of cutsOver(positions, count)) {
    await group.rehearse(...update)
    points += (await group.killAndRunAgain(cut, rollback, 'NO_PREVIOUS_VERSION')) ? 1 : 0
    await group.expectSettled('one', labelOf(rollback, cut))
    expect(await group.fleet.templateVersions(), labelOf(rollback, cut)).toHaveLength(1)
  }
  return points
}

test('a command that is killed over HTTP is finished by the same command', { timeout: 300_000 }, async () => {
  const [balanced, alone, [starts, deletions], rollbacks] = await Promise.all([
    killUpdates({ load_balancer }, 8),
    killUpdates({}, 12),
    killStartsAndDeletions(2),
    killRollbacks(2),
  ])
  const updates = balanced + alone
  process.stdout.write(
    `killed with SIGKILL: update at ${String(updates)} points, run ${String(starts)}, rollback ${String(rollbacks)}, delete ${String(deletions)}\n`,
  )
  expect(updates).toBeGreaterThanOrEqual(20)
  for (const points of [starts, deletions, rollbacks]) expect(points).toBe(2)
})
