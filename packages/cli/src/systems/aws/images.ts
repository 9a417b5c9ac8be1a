import {
  CreateTagsCommand,
  DeleteSnapshotCommand,
  DeregisterImageCommand,
  DescribeImageAttributeCommand,
  DescribeImagesCommand,
  DescribeSnapshotsCommand,
  type DescribeImagesRequest,
  type Image as Ec2Image,
} from '@aws-sdk/client-ec2'
import { PackageError } from '@package/core/errors'
import type { Image, Images, LeftSnapshot, Snapshot } from '@package/core/ports/cloud/images'
import type { Tags } from '@package/core/ports/cloud/tags'

import { awsCodeOf } from './aws-error.ts'
import { allPages } from './pages.ts'
import type { Send } from './sender.ts'
import { tagFilters, tagList, toTags } from './tags.ts'

export function images(send: Send): Images {
  const describe = async (request: DescribeImagesRequest) => {
    const found = await allPages(async (token) => {
      const page = await send(
        new DescribeImagesCommand({
          ...request,
          MaxResults: 1000,
          ...(token !== undefined && { NextToken: token }),
        }),
      )
      return { items: page.Images, next: page.NextToken }
    })
    return found.map(toImage).sort((a, b) => (a.createdAt < b.createdAt ? 1 : -1))
  }
  return {
    image: (id) =>
      unlessMissing(async () => {
        const { Images: found = [] } = await send(new DescribeImagesCommand({ ImageIds: [id] }))
        return found.map(toImage)[0]
      }),
    ownImages: (tags) => describe({ Owners: ['self'], Filters: tagFilters(tags) }),
    imagesOfInstances: async (ids) =>
      ids.length === 0
        ? []
        : describe({ Owners: ['self'], Filters: [{ Name: 'source-instance-id', Values: [...ids] }] }),
    async newestImage({ owner, name, architecture }) {
      const found = await describe({
        Owners: [owner],
        Filters: [
          { Name: 'name', Values: [name] },
          { Name: 'state', Values: ['available'] },
          { Name: 'root-device-type', Values: ['ebs'] },
          { Name: 'virtualization-type', Values: ['hvm'] },
          ...(architecture === undefined ? [] : [{ Name: 'architecture', Values: [architecture] }]),
        ],
      })
      return found[0]
    },
    sharedWith: async (id) => (await unlessMissing(() => launchPermissions(send, id))) ?? [],
    deregisterImage: async (id) => (await unlessMissing(() => deregister(send, id))) ?? [],
    async tag(ids, tags) {
      await send(new CreateTagsCommand({ Resources: [...ids], Tags: tagList(tags) }))
    },
    ownSnapshots: (tags) => ownSnapshots(send, tags),
    deleteSnapshot: (id) => deleteSnapshot(send, id),
  }
}

async function unlessMissing<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch (error) {
    if (awsCodeOf(error)?.startsWith('InvalidAMIID.')) return undefined
    throw error
  }
}

async function ownSnapshots(send: Send, tags: Tags): Promise<Snapshot[]> {
  const found = await allPages(async (token) => {
    const page = await send(
      new DescribeSnapshotsCommand({
        OwnerIds: ['self'],
        Filters: tagFilters(tags),
        MaxResults: 1000,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.Snapshots, next: page.NextToken }
  })
  return found.map(({ SnapshotId = '', Description = '', Tags }) => ({
    id: SnapshotId,
    description: Description,
    tags: toTags(Tags),
  }))
}

async function launchPermissions(send: Send, id: string): Promise<string[]> {
  const { LaunchPermissions = [] } = await send(
    new DescribeImageAttributeCommand({ ImageId: id, Attribute: 'launchPermission' }),
  )
  return LaunchPermissions.flatMap(({ UserId, Group, OrganizationArn, OrganizationalUnitArn }) => {
    const whom = UserId ?? Group ?? OrganizationArn ?? OrganizationalUnitArn
    return whom === undefined ? [] : [whom]
  })
}

async function deregister(send: Send, id: string): Promise<LeftSnapshot[]> {
  const { DeleteSnapshotResults = [] } = await send(
    new DeregisterImageCommand({ ImageId: id, DeleteAssociatedSnapshots: true }),
  )
  return DeleteSnapshotResults.flatMap(({ SnapshotId = '', ReturnCode = '' }) =>
    ReturnCode === 'success' ? [] : [{ id: SnapshotId, reason: ReturnCode }],
  )
}

/** What AWS answers for one snapshot, and not for the next. */
const refusals: ReadonlySet<string> = new Set(['InvalidSnapshot.InUse', 'UnauthorizedOperation'])

async function deleteSnapshot(send: Send, id: string): Promise<string | undefined> {
  try {
    await send(new DeleteSnapshotCommand({ SnapshotId: id }))
    return undefined
  } catch (error) {
    const code = awsCodeOf(error)
    if (code === 'InvalidSnapshot.NotFound') return undefined
    const isRefused = code !== undefined && refusals.has(code)
    if (!isRefused || !(error instanceof PackageError)) throw error
    return error.message
  }
}

function toImage(image: Ec2Image): Image {
  const snapshotIds = (image.BlockDeviceMappings ?? []).flatMap(({ Ebs }) => Ebs?.SnapshotId ?? [])
  return {
    id: image.ImageId ?? '',
    name: image.Name ?? '',
    ownerId: image.OwnerId ?? '',
    state: image.State ?? '',
    architecture: image.Architecture ?? '',
    createdAt: image.CreationDate ?? '',
    rootDevice: image.RootDeviceName ?? '',
    snapshotIds,
    isPublic: image.Public === true,
    isDeregistrationProtected: (image.DeregistrationProtection ?? 'disabled') !== 'disabled',
    tags: toTags(image.Tags),
  }
}
