import {
  DeleteTargetGroupCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  type CreateTargetGroupCommandInput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import { balancerAccount } from './balancer-account.ts'

describe('a target group', () => {
  test('is made once for the same settings, and refused for others', async () => {
    const { createTargets, elb } = await balancerAccount()
    const arn = await createTargets()
    expect(await createTargets()).toBe(arn)
    await expect(createTargets({ Port: 80 })).rejects.toMatchObject({
      name: 'DuplicateTargetGroupNameException',
    })
    const { TargetGroups } = await elb.send(new DescribeTargetGroupsCommand({ Names: ['bee'] }))
    expect(TargetGroups).toMatchObject([
      {
        TargetGroupArn: arn,
        Protocol: 'HTTP',
        ProtocolVersion: 'HTTP1',
        Port: 9984,
        HealthCheckProtocol: 'HTTP',
        HealthCheckPort: 'traffic-port',
        HealthCheckPath: '/',
        HealthCheckIntervalSeconds: 10,
        HealthCheckTimeoutSeconds: 5,
        Matcher: { HttpCode: '200' },
        TargetType: 'instance',
      },
    ])
  })

  test.each<[string, Partial<CreateTargetGroupCommandInput>, string]>([
    ['a long interval', { HealthCheckIntervalSeconds: 301 }, 'less than or equal to 300'],
    ['a short interval', { HealthCheckIntervalSeconds: 4 }, 'greater than or equal to 5'],
    ['a timeout as long as the interval', { HealthCheckTimeoutSeconds: 10 }, 'greater than the timeout'],
    ['a timeout of a second', { HealthCheckTimeoutSeconds: 1 }, 'greater than or equal to 2'],
    ['a single success', { HealthyThresholdCount: 1 }, 'healthyThresholdCount'],
    ['many failures', { UnhealthyThresholdCount: 11 }, 'unhealthyThresholdCount'],
    ['a path that is none', { HealthCheckPath: 'health' }, "must begin with '/'"],
    ['codes that are none', { Matcher: { HttpCode: '200-600' } }, '200-499'],
    ['checks by TCP', { HealthCheckProtocol: 'TCP' }, "must be one of 'HTTP, HTTPS'"],
    ['no port', { Port: undefined }, 'A port must be specified'],
    ['no VPC', { VpcId: undefined }, 'A VPC ID must be specified'],
    ['a name with a dot', { Name: 'bee.hive' }, 'alphanumeric'],
  ])('is not made with %s', async (_, more, words) => {
    const { createTargets } = await balancerAccount()
    await expect(createTargets(more)).rejects.toMatchObject({
      Code: 'ValidationError',
      message: expect.stringContaining(words) as string,
    })
  })

  test('is modified, has attributes, and is gone when it is deleted', async () => {
    const { createTargets, elb } = await balancerAccount()
    const TargetGroupArn = await createTargets()
    const modified = await elb.send(
      new ModifyTargetGroupCommand({
        TargetGroupArn,
        HealthCheckPath: '/api/v1',
        UnhealthyThresholdCount: 3,
      }),
    )
    expect(modified.TargetGroups).toMatchObject([
      { HealthCheckPath: '/api/v1', UnhealthyThresholdCount: 3, HealthyThresholdCount: 2 },
    ])
    await expect(
      elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckTimeoutSeconds: 10 })),
    ).rejects.toMatchObject({ Code: 'ValidationError' })
    const set = (Key: string, Value: string) =>
      elb.send(new ModifyTargetGroupAttributesCommand({ TargetGroupArn, Attributes: [{ Key, Value }] }))
    await set('deregistration_delay.timeout_seconds', '60')
    await expect(set('deregistration_delay.timeout_seconds', '3601')).rejects.toMatchObject({
      Code: 'ValidationError',
    })
    const { Attributes } = await elb.send(new DescribeTargetGroupAttributesCommand({ TargetGroupArn }))
    expect(Attributes).toContainEqual({ Key: 'deregistration_delay.timeout_seconds', Value: '60' })
    expect(Attributes).toContainEqual({ Key: 'stickiness.type', Value: 'lb_cookie' })
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))
    await elb.send(new DeleteTargetGroupCommand({ TargetGroupArn }))
    await expect(
      elb.send(new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] })),
    ).rejects.toMatchObject({ name: 'TargetGroupNotFoundException' })
  })
})
