import { randomInt } from 'node:crypto'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'

import { addressBlocks, type AccountState, type RegionState } from '@package/sandbox/account/account-state'
import type { Ec2State } from '@package/sandbox/ec2/ec2-state'
import type { Image } from '@package/sandbox/ec2/images/image'
import { newEc2State } from '@package/sandbox/ec2/new-ec2-state'

import { clusterNodes, SandboxProject } from './sandbox-project.ts'

const region = 'eu-central-1'
const ownerId = '123456789012'

/** Far behind every test, in milliseconds since 1970. */
const firstImage = Date.UTC(2026, 0, 1)

const hour = 3_600_000

export interface SeededImage {
  group?: string
  project?: string
  /** The greater, the newer. */
  age: number
  state?: 'pending' | 'failed'
  /** In place of one of its own. */
  snapshotId?: string
  more?: Partial<Image>
}

/** Groups that only differ in the image that they start from. */
export function groupsFrom(sourceAmis: Readonly<Record<string, unknown>>): object {
  const groups = Object.entries(sourceAmis).map(([name, source_ami]) => [name, { source_ami }])
  const { __settings__, __base__ } = clusterNodes
  return { __settings__, __base__, web: {}, ...Object.fromEntries(groups) }
}

export function imageId(number: number): string {
  return `ami-${number.toString(16).padStart(17, '0')}`
}

export function snapshotOf(number: number): string {
  return `snap-${number.toString(16).padStart(17, '0')}`
}

/** A project with an account that was never built up call by call: thousands of images would take too long. */
export class SeededImages extends SandboxProject {
  readonly ec2: Ec2State = newEc2State(region, [], Date.now())
  #count = 0

  constructor(nodes: object = groupsFrom({})) {
    super(nodes)
    this.write('packer/web.json', '{}\n')
  }

  /** Gives its id, which is that of its number, counted from 1; so is that of its snapshot. */
  addImage({ group = 'web', project = 'tests', age, state, snapshotId, more }: SeededImage): string {
    this.#count += 1
    const id = imageId(this.#count)
    const snapshot = snapshotId ?? snapshotOf(this.#count)
    const createdAt = firstImage + age * hour
    this.ec2.images[id] = {
      imageId: id,
      name: `${group} ${String(this.#count)}`,
      description: '',
      ownerId,
      architecture: 'x86_64',
      isPublic: false,
      launchPermissions: [],
      rootDeviceName: '/dev/sda1',
      blockDevices: [
        { deviceName: '/dev/sda1', ebs: { snapshotId: snapshot, sizeGib: 8, deleteOnTermination: true } },
      ],
      user: 'ubuntu',
      platformDetails: 'Linux/UNIX',
      bootMode: 'uefi-preferred',
      createdAt,
      availableAt: state === 'pending' ? Date.now() + 1e9 : createdAt,
      ...(state === 'failed' && { failure: 'the snapshot failed' }),
      ...more,
    }
    this.ec2.tags[id] = { 'package:project': project, group }
    if (snapshotId === undefined) this.#addSnapshot(snapshot, id, { 'package:project': project, group })
    return id
  }

  /** What AWS keeps of an image that is gone. */
  addOrphan(number: number): string {
    const id = snapshotOf(number)
    this.#addSnapshot(id, imageId(number), { 'package:project': 'tests', group: 'web' })
    return id
  }

  #addSnapshot(snapshotId: string, image: string, tags: Record<string, string>): void {
    this.ec2.snapshots[snapshotId] = {
      snapshotId,
      ownerId,
      volumeId: 'vol-0ffffffffffffffff',
      sizeGib: 8,
      description: `Created by CreateImage(i-0ffffffffffffffff) for ${image}`,
      encrypted: false,
      startedAt: firstImage,
      completedAt: firstImage,
      sharedWith: [],
    }
    this.ec2.tags[snapshotId] = tags
  }

  addInstance(
    image: string,
    state: 'running' | 'stopped' | 'terminated',
    tags: Record<string, string>,
  ): void {
    const number = Object.keys(this.ec2.instances).length + 1
    const hex = number.toString(16)
    const [subnet] = Object.values(this.ec2.subnets)
    if (!subnet) throw new Error('there is no subnet')
    const instanceId = `i-${hex.padStart(17, '0')}`
    const then = Date.now() - 60_000
    this.ec2.instances[instanceId] = {
      instanceId,
      reservationId: `r-${hex.padStart(17, '0')}`,
      launchIndex: 0,
      clientToken: '',
      imageId: image,
      user: 'ubuntu',
      architecture: 'x86_64',
      platformDetails: 'Linux/UNIX',
      instanceType: 't3.micro',
      subnetId: subnet.subnetId,
      vpcId: subnet.vpcId,
      zone: subnet.zone,
      privateIp: `172.31.${String(number >> 8)}.${String(number & 255)}`,
      hasPublicAddress: false,
      sshPort: 0,
      securityGroupIds: [],
      networkInterfaceId: `eni-${hex.padStart(17, '0')}`,
      sourceDestCheck: true,
      isTerminationProtected: false,
      isStopProtected: false,
      shutdownBehavior: 'stop',
      metadataOptions: {
        httpTokens: 'required',
        httpPutResponseHopLimit: 1,
        httpEndpoint: 'enabled',
        instanceMetadataTags: 'disabled',
      },
      monitoring: false,
      ebsOptimized: false,
      rootDeviceName: '/dev/sda1',
      volumeIds: [],
      launchedAt: then,
      runningAt: then,
      ...(state !== 'running' && { ending: { to: state, by: 'user', askedAt: then, doneAt: then } }),
    }
    this.ec2.tags[instanceId] = tags
  }

  /** Writes the account to the disk; what an earlier run has made of it is forgotten. */
  seed(): void {
    // The sandbox adds the other services, as it does for an account that knew none of them.
    const ec2 = { ec2: this.ec2 } as RegionState
    const account: AccountState = {
      format: 1,
      clock: { ahead: 0, speed: 1, since: Date.now() },
      addressBlock: randomInt(addressBlocks),
      regions: { [region]: ec2 },
    }
    mkdirSync(this.path('.package/sandbox'), { recursive: true })
    writeFileSync(this.path('.package/sandbox/account.json'), JSON.stringify(account))
  }

  /** As it is now on the disk. */
  onDisk(): Ec2State {
    const text = readFileSync(this.path('.package/sandbox/account.json'), 'utf8')
    const ec2 = (JSON.parse(text) as AccountState).regions[region]?.ec2
    if (!ec2) throw new Error('the account is empty')
    return ec2
  }

  /** The ids of the images that are there still, and the snapshots of these and others. */
  remaining(): { images: string[]; snapshots: string[] } {
    const { images, snapshots } = this.onDisk()
    const own = Object.values(images).filter((image) => image.ownerId === ownerId && !image.isDeregistered)
    return { images: own.map((image) => image.imageId), snapshots: Object.keys(snapshots) }
  }
}
