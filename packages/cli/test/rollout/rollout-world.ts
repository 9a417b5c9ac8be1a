import { AutoScalingClient } from '@aws-sdk/client-auto-scaling'
import {
  CreateImageCommand,
  EC2Client,
  RunInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import type { Action, CloudAction, CloudCall } from '@package/core/action'
import { findAction } from '@package/core/actions/all'
import { PackageError } from '@package/core/errors'
import type { Nodes } from '@package/core/groups/nodes'
import { parseNodes } from '@package/core/groups/parse-nodes'
import type { AccountState } from '@package/sandbox/account/account-state'
import { memoryStore, type MemoryStore } from '@package/sandbox/account/memory-store'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import type { FaultScript } from '@package/sandbox/faults/fault-script'
import { noHosts } from '@package/sandbox/hosts/no-hosts'
import { Sandbox } from '@package/sandbox/sandbox'

import { diskFiles } from '../../src/systems/host/disk-files.ts'
import { nodesText, Project } from '../project.ts'
import { credentials, lendClouds } from './lent-clouds.ts'
import { mortalDoor, type Life } from './mortal-door.ts'
import type { RunEnd, RunOptions } from './rollout-run.ts'
import { unused } from './unused.ts'
import { watchedClock } from './watched-clock.ts'

export type { Point, RunEnd, RunOptions } from './rollout-run.ts'

export const region = 'us-east-1'

const sourceAmi = 'ami-12c6146b'

/** A group as nodes.json has it, with what every test's group has. */
export function webNodes(web: object = {}): object {
  return {
    __settings__: { project: 'tests' },
    __base__: { region, instance_type: 't3.micro', ssh_username: 'ubuntu', source_ami: sourceAmi },
    web: {
      run_list: ['recipe[web]'],
      iam_instance_profile: 'web',
      autoscale: { node_min: 2, node_max: 4, timeout: 60 },
      ...web,
    },
  }
}

/** A project, and an AWS account in memory on a clock of its own. Runs in this process, through the real adapters and the real wire. */
export class RolloutWorld {
  readonly project = new Project()
  store: MemoryStore = memoryStore()
  nodes: Nodes | undefined
  #text = ''
  #processes = 1000
  readonly #dead = new Set<number>()
  /** Of the run that goes on: what is done by hand meanwhile happens in the same account. */
  #launchFaults: FaultScript = {}

  async declare(nodes: object): Promise<Nodes> {
    this.#text = nodesText(nodes)
    this.nodes = await parseNodes('nodes.json', this.#text)
    return this.nodes
  }

  /** The account goes back to how it was. */
  restore(state: AccountState): void {
    this.store = memoryStore(state)
  }

  /** What somebody does by hand, also in the middle of a run. */
  get ec2(): EC2Client {
    return new EC2Client({ region, credentials, requestHandler: this.#byHand() })
  }

  get scaling(): AutoScalingClient {
    return new AutoScalingClient({ region, credentials, requestHandler: this.#byHand() })
  }

  #byHand() {
    return requestHandler(this.#sandbox(this.#launchFaults))
  }

  /** Lets time go by in which nobody does anything. */
  async pass(seconds: number, watch?: () => void): Promise<void> {
    await watchedClock(this.#sandbox(this.#launchFaults), watch).sleep(seconds * 1000)
  }

  /** An image that was built of the group. Gives its id. */
  async addImage(group = 'web'): Promise<string> {
    const sandbox = this.#sandbox({})
    const client = this.ec2
    const launched = await client.send(
      new RunInstancesCommand({ ImageId: sourceAmi, InstanceType: 't3.micro', MinCount: 1, MaxCount: 1 }),
    )
    const InstanceId = launched.Instances?.[0]?.InstanceId ?? ''
    await sandbox.advance(60_000)
    const Tags = [
      { Key: 'package:project', Value: 'tests' },
      { Key: 'group', Value: group },
    ]
    const { ImageId = '' } = await client.send(
      new CreateImageCommand({
        InstanceId,
        Name: `${group} ${String(sandbox.now())}`,
        TagSpecifications: [{ ResourceType: 'image', Tags }],
      }),
    )
    await client.send(new TerminateInstancesCommand({ InstanceIds: [InstanceId] }))
    await sandbox.advance(120_000)
    return ImageId
  }

  async run(
    name: string,
    options: Record<string, string | boolean> = {},
    how: RunOptions = {},
  ): Promise<RunEnd> {
    const action = await cloudActionOf(name)
    const end: RunEnd = { wasCut: false, events: [], calls: [], points: [] }
    const processId = (this.#processes += 1)
    const sandbox = this.#sandbox(how.faults ?? {})
    this.#launchFaults = { ...how.faults, rules: [] }
    const over = new Promise<() => void>((resolve) => {
      const life: Life = {
        sandbox,
        end,
        how,
        processId,
        heeds: false,
        read: () => this.store.read(),
        withFaults: (faults) => this.#sandbox(faults),
        die: () => resolve(() => undefined),
      }
      const clock = watchedClock(sandbox, how.watch)
      const { clouds, giveBack } = lendClouds({ clock, door: mortalDoor(life) })
      const call = this.#call(action, options, life, { clock, clouds })
      action
        .run(call)
        .finally(giveBack)
        .then(
          (outcome) => resolve(() => (end.outcome = outcome)),
          (error: unknown) =>
            resolve(() => {
              if (!(error instanceof PackageError)) throw error
              end.error = error
            }),
        )
    })
    const tell = await over
    tell()
    this.#dead.add(processId)
    end.wasCut = end.outcome === undefined && end.error === undefined
    return end
  }

  #sandbox(faults: FaultScript): Sandbox {
    return new Sandbox({
      store: this.store,
      hosts: noHosts(),
      images: [{ region, imageId: sourceAmi }],
      faults,
    })
  }

  #call(
    action: CloudAction,
    options: Record<string, string | boolean>,
    life: Life,
    systems: Pick<CloudCall, 'clock' | 'clouds'>,
  ): CloudCall {
    const { end, how, processId } = life
    const nodes = how.nodes ?? this.nodes
    if (nodes === undefined) throw new Error('declare the groups first')
    const given = Object.fromEntries(
      Object.entries(action.options).map(([key, { type }]) => [key, type === 'boolean' ? false : undefined]),
    )
    return {
      options: { ...given, ...options },
      operands: how.operands ?? ['web'],
      nodes,
      nodesText: this.#text,
      files: diskFiles(this.project.folder),
      report: (event) => void end.events.push(event),
      folderName: 'tests',
      ...systems,
      shell: unused('shell'),
      packer: unused('packer'),
      bundles: unused('bundles'),
      logs: unused('logs'),
      chefServer: () => unused('Chef Server'),
      run: {
        id: `run-${String(processId)}`,
        version: '0.0.0',
        processId,
        isAlive: (other) => !this.#dead.has(other),
      },
      stop: {
        heed: () => void (life.heeds = true),
        isAsked: () => life.heeds && (how.isStopping?.() ?? false),
      },
      commit: () => Promise.resolve('0123abc'),
      environment: undefined,
      operator: how.operator ?? 'me@here',
      myIp: () => Promise.resolve('192.0.2.1'),
      confirm: () => Promise.resolve(true),
    }
  }
}

async function cloudActionOf(name: string): Promise<CloudAction> {
  const action: Action | undefined = await findAction(name)
  if (action?.on !== 'cloud') throw new Error(`${name} is no action on AWS`)
  return action
}
