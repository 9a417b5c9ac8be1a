import {
  CreateTagsCommand,
  CreateVpcCommand,
  DeleteTagsCommand,
  DescribeTagsCommand,
  DescribeVpcsCommand,
  type DescribeTagsResult,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'

const bee = { Key: 'group', Value: 'bee' }
const named = { Key: 'Name', Value: 'one' }

export const tagScenarios: Scenario[] = [
  {
    name: 'tags',
    async play(caller) {
      const { Vpc } = await caller.does(
        'create something with tags',
        new CreateVpcCommand({
          CidrBlock: '10.0.0.0/16',
          TagSpecifications: [{ ResourceType: 'vpc', Tags: [bee] }],
        }),
        (answer) => answer.Vpc?.Tags,
      )
      const id = Vpc?.VpcId ?? ''
      const ofIt = { Name: 'resource-id', Values: [id] }
      await caller.does('add', new CreateTagsCommand({ Resources: [id], Tags: [named] }))
      await caller.does(
        'replace',
        new CreateTagsCommand({ Resources: [id], Tags: [{ ...named, Value: 'two' }] }),
      )
      await caller.does('list', new DescribeTagsCommand({ Filters: [ofIt] }), pairs)
      await caller.does(
        'list by key, value and type',
        new DescribeTagsCommand({
          Filters: [
            { Name: 'key', Values: ['gro*'] },
            { Name: 'value', Values: ['bee'] },
            { Name: 'resource-type', Values: ['vpc'] },
          ],
        }),
        pairs,
      )
      await caller.does(
        'find by tag-key',
        new DescribeVpcsCommand({ Filters: [{ Name: 'tag-key', Values: ['group'] }] }),
        ({ Vpcs }) => Vpcs?.map(({ VpcId }) => VpcId === id),
      )
      await caller.does(
        'take away by another value',
        new DeleteTagsCommand({ Resources: [id], Tags: [{ ...bee, Value: 'wasp' }] }),
      )
      await caller.does('see it is still there', new DescribeTagsCommand({ Filters: [ofIt] }), pairs)
      await caller.does(
        'take away by key',
        new DeleteTagsCommand({ Resources: [id], Tags: [{ Key: 'group' }] }),
      )
      await caller.does('see what is left', new DescribeTagsCommand({ Filters: [ofIt] }), pairs)
      await caller.refuses(
        'tags of something else while creating',
        'InvalidParameterValue',
        new CreateVpcCommand({
          CidrBlock: '10.0.0.0/16',
          TagSpecifications: [{ ResourceType: 'subnet', Tags: [bee] }],
        }),
      )
      await caller.refuses(
        'a reserved key',
        'InvalidParameterValue',
        new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'aws:bee', Value: 'x' }] }),
      )
      await caller.refuses(
        'too many',
        'TagLimitExceeded',
        new CreateTagsCommand({
          Resources: [id],
          Tags: Array.from({ length: 51 }, (_, index) => ({ Key: `k${String(index)}`, Value: '' })),
        }),
      )
      await caller.refuses(
        'something missing',
        'InvalidVpcID.NotFound',
        new CreateTagsCommand({ Resources: ['vpc-0123456789abcdef0'], Tags: [bee] }),
      )
    },
  },
]

function pairs({ Tags }: DescribeTagsResult): unknown {
  return Tags?.map(({ Key, Value, ResourceType }) => `${ResourceType} ${Key}=${Value}`).sort()
}
