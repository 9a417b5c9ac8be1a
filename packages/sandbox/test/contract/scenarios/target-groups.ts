import {
  DeleteTargetGroupCommand,
  DeregisterTargetsCommand,
  DescribeTargetGroupAttributesCommand,
  DescribeTargetGroupsCommand,
  DescribeTargetHealthCommand,
  ModifyTargetGroupAttributesCommand,
  ModifyTargetGroupCommand,
  RegisterTargetsCommand,
  type DescribeTargetHealthCommandOutput,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import { StopInstancesCommand } from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'
import { givenInstance, givenNetwork, givenServed, other, targetGroup } from './given-balancer.ts'

const health = ({ TargetHealthDescriptions = [] }: DescribeTargetHealthCommandOutput) =>
  TargetHealthDescriptions.map(({ TargetHealth }) =>
    [TargetHealth?.State, TargetHealth?.Reason].filter((each) => each !== undefined).join(' '),
  )

export const targetGroupScenarios: Scenario[] = [
  {
    name: 'target groups',
    async play(caller) {
      const { vpcId } = await givenNetwork(caller)
      const made = await caller.balances('create', targetGroup(vpcId), ({ TargetGroups }) =>
        TargetGroups?.map(({ HealthCheckPort, HealthCheckIntervalSeconds, HealthyThresholdCount }) => [
          HealthCheckPort,
          HealthCheckIntervalSeconds,
          HealthyThresholdCount,
        ]),
      )
      const TargetGroupArn = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
      await caller.refusesToBalance(
        'create another one of its name',
        'DuplicateTargetGroupName',
        targetGroup(vpcId, { Port: 80 }),
      )
      await caller.balances(
        'modify',
        new ModifyTargetGroupCommand({
          TargetGroupArn,
          HealthCheckPath: '/health',
          UnhealthyThresholdCount: 3,
        }),
        ({ TargetGroups }) =>
          TargetGroups?.map(({ HealthCheckPath, UnhealthyThresholdCount }) => [
            HealthCheckPath,
            UnhealthyThresholdCount,
          ]),
      )
      const delay = (Value: string) =>
        new ModifyTargetGroupAttributesCommand({
          TargetGroupArn,
          Attributes: [{ Key: 'deregistration_delay.timeout_seconds', Value }],
        })
      await caller.balances('set the delay', delay('60'))
      await caller.refusesToBalance('a long delay', 'ValidationError', delay('3601'))
      await caller.balances(
        'its attributes',
        new DescribeTargetGroupAttributesCommand({ TargetGroupArn }),
        ({ Attributes }) =>
          Attributes?.filter(({ Key = '' }) => /^(deregistration_delay|stickiness\.enabled)/.test(Key)).map(
            ({ Key = '', Value = '' }) => `${Key}=${Value}`,
          ),
      )
      await caller.balances(
        'find by name',
        new DescribeTargetGroupsCommand({ Names: ['bee'] }),
        ({ TargetGroups }) => TargetGroups?.map(({ TargetGroupName }) => TargetGroupName),
      )
      await caller.balances('delete', new DeleteTargetGroupCommand({ TargetGroupArn }))
      await caller.refusesToBalance(
        'describe what is gone',
        'TargetGroupNotFound',
        new DescribeTargetGroupsCommand({ TargetGroupArns: [TargetGroupArn] }),
      )
    },
  },
  {
    name: 'the same target group twice',
    async play(caller) {
      const { vpcId } = await givenNetwork(caller)
      await caller.balances('create', targetGroup(vpcId))
      await caller.balances('create it again', targetGroup(vpcId), ({ TargetGroups }) => TargetGroups?.length)
    },
  },
  {
    name: 'target groups that are gone',
    async play(caller) {
      const { targetGroupArn } = await givenServed(caller)
      await caller.balances(
        'delete what is not there',
        new DeleteTargetGroupCommand({ TargetGroupArn: other(targetGroupArn) }),
      )
    },
  },
  {
    name: 'refused target groups',
    async play(caller) {
      const { vpcId } = await givenNetwork(caller)
      const refuses = (name: string, more: object) =>
        caller.refusesToBalance(name, 'ValidationError', targetGroup(vpcId, more))
      await refuses('a long name', { Name: 'b'.repeat(33) })
      await refuses('a name with a dot', { Name: 'bee.hive' })
      await refuses('no port', { Port: undefined })
      await refuses('no VPC', { VpcId: undefined })
      await refuses('a VPC that is not there', { VpcId: 'vpc-01234567' })
      await refuses('a long interval', { Name: 'slow', HealthCheckIntervalSeconds: 301 })
      await refuses('a timeout as long as the interval', {
        Name: 'tight',
        HealthCheckIntervalSeconds: 5,
        HealthCheckTimeoutSeconds: 5,
      })
      await refuses('a single success', { Name: 'rash', HealthyThresholdCount: 1 })
      await refuses('many failures', { Name: 'patient', UnhealthyThresholdCount: 11 })
    },
  },
  {
    name: 'targets',
    async play(caller) {
      const { subnets, targetGroupArn: TargetGroupArn } = await givenServed(caller)
      const id = await givenInstance(caller, subnets[0] ?? '')
      const Targets = [{ Id: id }]
      const show = new DescribeTargetHealthCommand({ TargetGroupArn })
      const showIt = new DescribeTargetHealthCommand({ TargetGroupArn, Targets })
      await caller.balances('not registered', showIt, health)
      await caller.balances('register', new RegisterTargetsCommand({ TargetGroupArn, Targets }))
      await caller.passTime()
      await caller.balances('registered', show, health)
      await caller.balances('deregister', new DeregisterTargetsCommand({ TargetGroupArn, Targets }))
      await caller.balances('draining', show, health)
      await caller.passTime()
      await caller.balances('deregistered', showIt, health)
      await caller.balances('register again', new RegisterTargetsCommand({ TargetGroupArn, Targets }))
      await caller.does('stop', new StopInstancesCommand({ InstanceIds: [id] }))
      await caller.passTime()
      await caller.balances('stopped', show, health)
      await caller.refusesToBalance(
        'register what is stopped',
        'InvalidTarget',
        new RegisterTargetsCommand({ TargetGroupArn, Targets }),
      )
      await caller.refusesToBalance(
        'register with what is not there',
        'TargetGroupNotFound',
        new RegisterTargetsCommand({ TargetGroupArn: other(TargetGroupArn), Targets }),
      )
    },
  },
  {
    name: 'unused targets',
    async play(caller) {
      const { subnets, vpcId } = await givenNetwork(caller)
      const made = await caller.balances('a target group', targetGroup(vpcId))
      const TargetGroupArn = made.TargetGroups?.[0]?.TargetGroupArn ?? ''
      const Targets = [{ Id: await givenInstance(caller, subnets[0] ?? '') }]
      await caller.balances('register', new RegisterTargetsCommand({ TargetGroupArn, Targets }))
      await caller.passTime()
      await caller.balances('no listener', new DescribeTargetHealthCommand({ TargetGroupArn }), health)
    },
  },
]
