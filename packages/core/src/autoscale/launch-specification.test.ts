import { expect, test } from 'vitest'

import type { NodeGroup } from '../groups/node-group.ts'
import type { Files } from '../ports/files.ts'
import { launchSpecification, specificationDigest, type LaunchParts } from './launch-specification.ts'

const parts: LaunchParts = {
  imageId: 'ami-1',
  securityGroupIds: ['sg-1', 'sg-2'],
  userData: { text: '#!/bin/sh\nfor 300\n', digested: '#!/bin/sh\n' },
  tags: { Name: 'web' },
}

function specified(fields: NodeGroup, more: Partial<LaunchParts> = {}) {
  return launchSpecification({ name: 'web', own: {}, fields }, { ...parts, ...more })
}

const files: Pick<Files, 'digest'> = { digest: ({ texts }) => Promise.resolve(texts.join('|')) }

function digestOf(fields: NodeGroup, more: Partial<LaunchParts> = {}): Promise<string> {
  const { userData } = { ...parts, ...more }
  return specificationDigest(files, specified(fields, more), userData)
}

test('a specification has what the group says, and leaves out what it does not', () => {
  expect(specified({ instance_type: 't3.micro' })).toEqual({
    imageId: 'ami-1',
    instanceType: 't3.micro',
    securityGroupIds: ['sg-1', 'sg-2'],
    blockDevices: [],
    metadataOptions: {},
    userData: '#!/bin/sh\nfor 300\n',
    tags: { Name: 'web' },
  })
  const full: NodeGroup = {
    instance_type: 't3.micro',
    key_name: 'ops',
    iam_instance_profile: 'web',
    block_devices: [{ device: '/dev/xvdf' }],
    metadata_options: { http_tokens: 'required' },
  }
  expect(specified(full)).toMatchObject({
    keyName: 'ops',
    iamInstanceProfile: 'web',
    blockDevices: [{ device: '/dev/xvdf' }],
    metadataOptions: { http_tokens: 'required' },
  })
})

const web: NodeGroup = {
  instance_type: 't3.micro',
  block_devices: [{ device: '/dev/xvdf', size_gib: 10 }],
}

test.each<[string, NodeGroup, Partial<LaunchParts>]>([
  ['image', web, { imageId: 'ami-2' }],
  ['instance type', { ...web, instance_type: 't3.small' }, {}],
  ['key', { ...web, key_name: 'ops' }, {}],
  ['instance profile', { ...web, iam_instance_profile: 'web' }, {}],
  ['block device', { ...web, block_devices: [{ device: '/dev/xvdf', size_gib: 20 }] }, {}],
  ['metadata option', { ...web, metadata_options: { http_tokens: 'optional' } }, {}],
  ['security group', web, { securityGroupIds: ['sg-1'] }],
  ['user data', web, { userData: { text: 'x', digested: 'x' } }],
  ['tag', web, { tags: { Name: 'web', team: 'a' } }],
])('another %s is another digest', async (_, fields, more) => {
  expect(await digestOf(fields, more)).not.toBe(await digestOf(web))
})

test('neither timing nor the order of members makes another digest', async () => {
  const longer = { text: '#!/bin/sh\nfor 600\n', digested: '#!/bin/sh\n' }
  expect(await digestOf(web, { userData: longer })).toBe(await digestOf(web))
  const reordered = { ...web, block_devices: [{ size_gib: 10, device: '/dev/xvdf' }] }
  expect(await digestOf(reordered)).toBe(await digestOf(web))
})
