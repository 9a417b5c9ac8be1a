import {
  CreateTagsCommand,
  DeleteTagsCommand,
  DescribeSubnetsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  type EC2Client,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { testAccount } from './test-account.ts'

test('tags are put on several resources, found by all their parts, and taken away', async () => {
  const { ec2 } = testAccount()
  const { vpc, subnet } = await someResources(ec2)
  const Tags = [
    { Key: 'group', Value: 'bee' },
    { Key: 'Name', Value: 'x' },
  ]
  await ec2.send(new CreateTagsCommand({ Resources: [vpc, subnet], Tags }))
  expect(await tagsFound(ec2, 'resource-id', vpc)).toEqual([`vpc group=bee`, `vpc Name=x`])
  expect(await tagsFound(ec2, 'resource-type', 'subnet')).toEqual(['subnet group=bee', 'subnet Name=x'])
  expect(await tagsFound(ec2, 'tag:group', 'b*')).toEqual(['vpc group=bee', 'subnet group=bee'])
  const { Subnets } = await ec2.send(
    new DescribeSubnetsCommand({ Filters: [{ Name: 'tag:group', Values: ['bee'] }] }),
  )
  expect(Subnets).toMatchObject([{ SubnetId: subnet, Tags }])
  const other = [{ Key: 'group', Value: 'wasp' }, { Key: 'Name' }]
  await ec2.send(new DeleteTagsCommand({ Resources: [vpc], Tags: other }))
  expect(await tagsFound(ec2, 'resource-id', vpc)).toEqual(['vpc group=bee'])
  await ec2.send(new DeleteTagsCommand({ Resources: [vpc] }))
  expect(await tagsFound(ec2, 'key', '*')).toEqual(['subnet group=bee', 'subnet Name=x'])
})

test('tags come in pages', async () => {
  const { ec2 } = testAccount()
  const { vpc } = await someResources(ec2)
  const Tags = ['a', 'b', 'c', 'd', 'e', 'f'].map((Key) => ({ Key, Value: '' }))
  await ec2.send(new CreateTagsCommand({ Resources: [vpc], Tags }))
  const first = await ec2.send(new DescribeTagsCommand({ MaxResults: 5 }))
  expect(first.Tags).toHaveLength(5)
  const { NextToken = '' } = first
  const rest = await ec2.send(new DescribeTagsCommand({ MaxResults: 5, NextToken }))
  expect(rest.Tags).toMatchObject([{ Key: 'f', Value: '' }])
  expect(rest.NextToken).toBeUndefined()
})

test('a resource that does not exist is refused by the code of its kind, and none is tagged', async () => {
  const { ec2 } = testAccount()
  const { vpc } = await someResources(ec2)
  const refusals = [
    [
      'i-0123456789abcdef0',
      'InvalidInstanceID.NotFound',
      "The instance ID 'i-0123456789abcdef0' does not exist",
    ],
    [
      'ami-0123456789abcdef0',
      'InvalidAMIID.NotFound',
      "The image id '[ami-0123456789abcdef0]' does not exist",
    ],
    [
      'sg-0123456789abcdef0',
      'InvalidGroup.NotFound',
      "The security group 'sg-0123456789abcdef0' does not exist",
    ],
    ['hello', 'InvalidID', "The ID 'hello' is not valid"],
  ] as const
  for (const [id, Code, message] of refusals) {
    const tagging = ec2.send(
      new CreateTagsCommand({ Resources: [vpc, id], Tags: [{ Key: 'a', Value: 'b' }] }),
    )
    await expect(tagging).rejects.toMatchObject({ Code, message })
  }
  expect(await tagsFound(ec2, 'key', '*')).toEqual([])
})

async function someResources(ec2: EC2Client) {
  const { Vpcs } = await ec2.send(new DescribeVpcsCommand())
  const { Subnets } = await ec2.send(new DescribeSubnetsCommand())
  return { vpc: Vpcs?.[0]?.VpcId ?? '', subnet: Subnets?.[0]?.SubnetId ?? '' }
}

async function tagsFound(ec2: EC2Client, Name: string, value: string) {
  const { Tags = [] } = await ec2.send(new DescribeTagsCommand({ Filters: [{ Name, Values: [value] }] }))
  return Tags.map(({ ResourceType, Key, Value }) => `${String(ResourceType)} ${String(Key)}=${String(Value)}`)
}
