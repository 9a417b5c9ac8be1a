import {
  CreateVpcCommand,
  RunInstancesCommand,
  StopInstancesCommand,
  TerminateInstancesCommand,
} from '@aws-sdk/client-ec2'
import {
  DeleteListenerCommand,
  DeregisterTargetsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  SetSubnetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { describe, expect, test } from 'vitest'

import type { SandboxOptions } from '../src/sandbox.ts'
import { balancerAccount, draining } from './balancer-account.ts'

/** With some instances that run, and what is done with them as targets. */
async function targetAccount(options: Partial<SandboxOptions> = {}, count = 2) {
  const account = await balancerAccount(options)
  const { ec2, elb, sandbox, subnets } = account
  const launched = await ec2.send(
    new RunInstancesCommand({
      LaunchTemplate: { LaunchTemplateName: 'bee' },
      SubnetId: subnets[0] ?? '',
      MinCount: count,
      MaxCount: count,
    }),
  )
  await sandbox.advance(20_000)
  const ids = (launched.Instances ?? []).map(({ InstanceId = '' }) => InstanceId)
  const [first = '', second = ''] = ids
  const targets = (wanted: readonly string[]) => wanted.map((Id) => ({ Id }))
  return {
    ...account,
    ids,
    first,
    second,
    register: (TargetGroupArn: string, wanted = ids) =>
      elb.send(new RegisterTargetsCommand({ TargetGroupArn, Targets: targets(wanted) })),
    deregister: (TargetGroupArn: string, wanted = ids) =>
      elb.send(new DeregisterTargetsCommand({ TargetGroupArn, Targets: targets(wanted) })),
    delay: (TargetGroupArn: string, Value: string) =>
      elb.send(
        new ModifyTargetGroupAttributesCommand({
          TargetGroupArn,
          Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value }],
        }),
      ),
  }
}

const initial = 'initial Elb.InitialHealthChecking'

describe('a target', () => {
  test('is unused without a listener; with one it is healthy after its checks', async () => {
    const { createTargets, createBalancer, listen, register, targetStates, sandbox, first, second, elb } =
      await targetAccount()
    const arn = await createTargets()
    await register(arn, [first])
    await sandbox.advance(60_000)
    expect(await targetStates(arn)).toEqual({ [first]: 'unused Target.NotInUse' })
    const { LoadBalancerArn: balancerArn = '' } = await createBalancer()
    const ListenerArn = await listen(balancerArn, arn)
    expect(await targetStates(arn)).toEqual({ [first]: 'initial Elb.RegistrationInProgress' })
    await sandbox.advance(60_000)
    await register(arn, [second])
    expect(await targetStates(arn)).toEqual({ [first]: initial, [second]: initial })
    await sandbox.advance(20_000)
    expect(await targetStates(arn)).toEqual({ [first]: 'healthy', [second]: 'healthy' })
    await elb.send(new DeleteListenerCommand({ ListenerArn }))
    expect((await targetStates(arn))[first]).toBe('unused Target.NotInUse')
  })

  test('drains for the delay when it is deregistered, then it is gone', async () => {
    const { served, register, deregister, delay, targetStates, sandbox, elb, first, second } =
      await targetAccount()
    const { targetGroupArn: arn } = await served()
    await register(arn)
    await delay(arn, '90')
    await sandbox.advance(20_000)
    await deregister(arn, [first])
    expect(await targetStates(arn)).toEqual({ [first]: draining, [second]: 'healthy' })
    await sandbox.advance(89_000)
    expect((await targetStates(arn))[first]).toBe(draining)
    await sandbox.advance(2_000)
    expect(await targetStates(arn)).toEqual({ [second]: 'healthy' })
    const asked = await elb.send(
      new DescribeTargetHealthCommand({ TargetGroupArn: arn, Targets: [{ Id: first }] }),
    )
    expect(asked.TargetHealthDescriptions).toMatchObject([
      { TargetHealth: { State: 'unused', Reason: 'Target.NotRegistered' } },
    ])
    await deregister(arn, [first])
  })

  test('that drains can be registered again, and starts anew', async () => {
    const { served, register, deregister, targetStates, sandbox, first, second } = await targetAccount()
    const { targetGroupArn: arn } = await served()
    await register(arn)
    await sandbox.advance(30_000)
    await deregister(arn, [first])
    await register(arn, [first, second])
    expect(await targetStates(arn)).toEqual({ [first]: initial, [second]: 'healthy' })
  })

  test('that is impaired, scripted to fail or gets sick is unhealthy', async () => {
    const { served, register, targetStates, sandbox, ids, health } = await targetAccount(
      {
        faults: {
          impairedLaunches: [1],
          unhealthyTargetLaunches: [2],
          sickLaunches: [{ launch: 3, after: 300 }],
        },
      },
      4,
    )
    const { targetGroupArn: arn } = await served()
    await register(arn)
    const statesOf = async () => {
      const states = await targetStates(arn)
      return ids.map((id) => states[id]?.split(' ')[0])
    }
    expect(await statesOf()).toEqual(['initial', 'initial', 'initial', 'initial'])
    await sandbox.advance(20_000)
    expect(await statesOf()).toEqual(['unhealthy', 'unhealthy', 'healthy', 'healthy'])
    expect((await health(arn))[0]?.TargetHealth).toMatchObject({ Reason: 'Target.Timeout' })
    await sandbox.advance(300_000)
    expect(await statesOf()).toEqual(['unhealthy', 'unhealthy', 'unhealthy', 'healthy'])
  })

  test('that stops is unused, and one that is terminated too', async () => {
    const { served, register, targetStates, sandbox, ec2, first, second } = await targetAccount()
    const { targetGroupArn: arn } = await served()
    await register(arn)
    await sandbox.advance(20_000)
    await ec2.send(new StopInstancesCommand({ InstanceIds: [first] }))
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [second] }))
    const invalid = 'unused Target.InvalidState'
    expect(await targetStates(arn)).toEqual({ [first]: invalid, [second]: invalid })
    await sandbox.advance(60_000)
    expect(await targetStates(arn)).toEqual({ [first]: invalid, [second]: invalid })
    await expect(register(arn)).rejects.toMatchObject({
      name: 'InvalidTargetException',
      message: `The following targets are not in a running state and cannot be registered: '${first}'`,
    })
    await expect(register(arn, ['i-0123456789abcdef0'])).rejects.toMatchObject({
      name: 'InvalidTargetException',
    })
  })

  test('in a zone that the load balancer does not have is unused', async () => {
    const { served, register, targetStates, sandbox, elb, subnets, first } = await targetAccount()
    const { targetGroupArn: arn, balancerArn: LoadBalancerArn } = await served()
    await register(arn, [first])
    await sandbox.advance(20_000)
    await elb.send(new SetSubnetsCommand({ LoadBalancerArn, Subnets: subnets.slice(1) }))
    expect(await targetStates(arn)).toEqual({ [first]: 'unused Target.NotInUse' })
  })

  test('stays healthy when the checks get slower', async () => {
    const { served, register, targetStates, sandbox, elb, first } = await targetAccount()
    const { targetGroupArn: TargetGroupArn } = await served()
    await register(TargetGroupArn, [first])
    await sandbox.advance(20_000)
    await elb.send(new ModifyTargetGroupCommand({ TargetGroupArn, HealthCheckIntervalSeconds: 300 }))
    expect(await targetStates(TargetGroupArn)).toEqual({ [first]: 'healthy' })
  })

  test('is of the VPC of its group, and may be an address', async () => {
    const { ec2, createTargets, register, vpcId, elb } = await targetAccount()
    const { Vpc } = await ec2.send(new CreateVpcCommand({ CidrBlock: '10.0.0.0/16' }))
    const far = await createTargets({ Name: 'far', VpcId: Vpc?.VpcId ?? '' })
    await expect(register(far)).rejects.toMatchObject({ name: 'InvalidTargetException' })
    const byAddress = await createTargets({ Name: 'by-address', VpcId: vpcId, TargetType: 'ip' })
    await register(byAddress, ['172.31.0.9'])
    await expect(register(byAddress, ['bee'])).rejects.toMatchObject({ Code: 'ValidationError' })
    const shown = await elb.send(new DescribeTargetHealthCommand({ TargetGroupArn: byAddress }))
    expect(shown.TargetHealthDescriptions).toMatchObject([
      { Target: { Id: '172.31.0.9', Port: 9984 }, HealthCheckPort: '9984' },
    ])
  })
})
