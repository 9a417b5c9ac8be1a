import { StopInstancesCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { DescribeInstanceInformationCommand, SendCommandCommand } from '@aws-sdk/client-ssm'
import { describe, expect, test } from 'vitest'

import { ssmAccount } from './ssm-account.ts'

describe('managed instances', () => {
  test('only those with an instance profile are, once their agent answers', async () => {
    const { ssm, launch, sandbox, ec2 } = ssmAccount()
    const managed = await launch(6)
    const [bare] = await launch(1, { IamInstanceProfile: undefined })
    const first = await ssm.send(new DescribeInstanceInformationCommand({ MaxResults: 5 }))
    expect(first.InstanceInformationList).toHaveLength(5)
    const { NextToken } = first
    const rest = await ssm.send(new DescribeInstanceInformationCommand({ MaxResults: 5, NextToken }))
    const seen = [first, rest].flatMap(({ InstanceInformationList: list = [] }) => list)
    expect(seen.map(({ InstanceId }) => InstanceId)).toEqual(managed)
    expect(seen[0]).toMatchObject({ PingStatus: 'Online', PlatformName: 'Ubuntu' })
    await expect(
      ssm.send(
        new SendCommandCommand({
          DocumentName: 'AWS-RunShellScript',
          Parameters: { commands: ['true'] },
          InstanceIds: [bare ?? ''],
        }),
      ),
    ).rejects.toMatchObject({
      name: 'InvalidInstanceId',
      message: `Instances [[${bare}]] not in a valid state for account 123456789012`,
    })

    await ec2.send(new StopInstancesCommand({ InstanceIds: managed.slice(0, 1) }))
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: managed.slice(1, 2) }))
    await sandbox.advance(60_000)
    const lost = await ssm.send(
      new DescribeInstanceInformationCommand({
        Filters: [{ Key: 'PingStatus', Values: ['ConnectionLost'] }],
      }),
    )
    expect(lost.InstanceInformationList?.map(({ InstanceId }) => InstanceId)).toEqual([managed[0]])
    const left = await ssm.send(new DescribeInstanceInformationCommand({}))
    expect(left.InstanceInformationList).toHaveLength(5)
  })

  test('a pending one is not there yet', async () => {
    const { ssm, launch } = ssmAccount({ faults: { times: { boot: 300 } } })
    await launch(1)
    const { InstanceInformationList } = await ssm.send(new DescribeInstanceInformationCommand({}))
    expect(InstanceInformationList).toEqual([])
  })
})
