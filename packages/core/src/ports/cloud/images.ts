import type { ImageFilter } from '../../groups/node-group.ts'
import type { Tags } from './tags.ts'

export interface Image {
  id: string
  name: string
  /** The account's twelve digits. */
  ownerId: string
  /** `available`, `pending`, `failed` and others of AWS. */
  state: string
  architecture: string
  /** ISO 8601; sorts as text. */
  createdAt: string
  rootDevice: string
  /** Of its devices, as far as AWS knows them by now. */
  snapshotIds: string[]
  isPublic: boolean
  isDeregistrationProtected: boolean
  tags: Tags
}

export interface Snapshot {
  id: string
  /** AWS's own words for those that an image was made of name that image. */
  description: string
  tags: Tags
}

/** A snapshot that AWS did not delete, and why. */
export interface LeftSnapshot {
  id: string
  reason: string
}

export interface Images {
  /** Undefined where there is none that this account may use. */
  image(id: string): Promise<Image | undefined>
  /** Those of this account that carry the tags, newest first. */
  ownImages(tags: Tags): Promise<Image[]>
  /** Those of this account that were made of the instances, in any state. */
  imagesOfInstances(instanceIds: readonly string[]): Promise<Image[]>
  /** The newest that is available; `name` may hold `*` and `?`. */
  newestImage(filter: ImageFilter): Promise<Image | undefined>
  /** The accounts and organizations that may launch it beside its owner. AWS tells it of one image a call. */
  sharedWith(id: string): Promise<string[]>
  /** Removes an image with its snapshots, and gives those that AWS left, for whatever reason. Done also when it does not exist any more. */
  deregisterImage(id: string): Promise<LeftSnapshot[]>
  /** Adds tags to images and snapshots, or replaces them. */
  tag(ids: readonly string[], tags: Tags): Promise<void>
  /** Those of this account that carry the tags. */
  ownSnapshots(tags: Tags): Promise<Snapshot[]>
  /** Gives why AWS refuses, if it does. Done also when it does not exist any more. */
  deleteSnapshot(id: string): Promise<string | undefined>
}
