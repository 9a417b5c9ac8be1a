import {
  DescribeImagesCommand,
  type DescribeImagesRequest,
  type Image as Ec2Image,
} from '@aws-sdk/client-ec2'
import type { Image, Images } from '@package/core/ports/cloud/images'

import { awsCodeOf } from './aws-error.ts'
import { allPages } from './pages.ts'
import type { Send } from './sender.ts'
import { tagFilters, toTags } from './tags.ts'

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
    async image(id) {
      try {
        const { Images: found = [] } = await send(new DescribeImagesCommand({ ImageIds: [id] }))
        return found.map(toImage)[0]
      } catch (error) {
        if (awsCodeOf(error)?.startsWith('InvalidAMIID.')) return undefined
        throw error
      }
    },
    ownImages: (tags) => describe({ Owners: ['self'], Filters: tagFilters(tags) }),
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
  }
}

function toImage(image: Ec2Image): Image {
  return {
    id: image.ImageId ?? '',
    name: image.Name ?? '',
    state: image.State ?? '',
    architecture: image.Architecture ?? '',
    createdAt: image.CreationDate ?? '',
    rootDevice: image.RootDeviceName ?? '',
    tags: toTags(image.Tags),
  }
}
