import type { BlockDevice, MetadataOptions } from '../../groups/node-group.ts'
import type { Tags } from './tags.ts'

export type InstanceState = 'pending' | 'running' | 'stopping' | 'stopped' | 'shutting-down' | 'terminated'

export interface Instance {
  id: string
  state: InstanceState
  /** What AWS says of the last change of state, where that was not asked for; empty otherwise. */
  stateReason: string
  type: string
  imageId: string
  zone: string
  vpcId: string
  keyName?: string
  privateIp?: string
  publicIp?: string
  /** ISO 8601 */
  launchedAt: string
  /** The same in milliseconds since 1970. */
  launchTime: number
  securityGroupIds: string[]
  tags: Tags
}

export interface Launch {
  /** What makes it this launch and no other: the same token gives the same instances, however often it is sent. */
  clientToken: string
  count: number
  imageId: string
  instanceType: string
  keyName: string
  subnetId: string
  securityGroupIds: string[]
  blockDevices: BlockDevice[]
  iamInstanceProfile?: string
  metadataOptions: MetadataOptions
  hasTerminationProtection: boolean
  userData?: string
  /** Of the instances and their volumes. */
  tags: Tags
}

export interface Instances {
  /** Those that carry all the tags, in every state, terminated ones as long as AWS shows them. */
  instances(tags: Tags): Promise<Instance[]>
  /** Those that were launched with a key pair and still exist, whoever they belong to. */
  instancesWithKey(keyName: string): Promise<Instance[]>
  /** Those that were launched from one of these images and still exist, whoever they belong to. */
  instancesOfImages(imageIds: readonly string[]): Promise<Instance[]>
  /** These, in every state that AWS shows; what it does not show any more is left out. */
  instancesNamed(ids: readonly string[]): Promise<Instance[]>
  /** Status checks by instance id, of those that run. */
  statusChecks(ids: readonly string[]): Promise<Map<string, 'ok' | 'initializing' | 'impaired'>>
  launch(launch: Launch): Promise<Instance[]>
  /** Done also for those that do not exist any more. */
  terminate(ids: readonly string[]): Promise<void>
  allowTermination(id: string): Promise<void>
  /** Empty while there is none. */
  consoleOutput(id: string): Promise<string>
}
