import {
  AutoScalingClient,
  DescribeAutoScalingGroupsCommand,
  DescribeLifecycleHooksCommand,
  DescribePoliciesCommand,
  DescribeScheduledActionsCommand,
  type AutoScalingClientConfig,
} from '@aws-sdk/client-auto-scaling'
import { CloudWatchClient, DescribeAlarmsCommand } from '@aws-sdk/client-cloudwatch'
import {
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  EC2Client,
} from '@aws-sdk/client-ec2'
import {
  DescribeLoadBalancersCommand,
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
} from '@aws-sdk/client-elastic-load-balancing-v2'

const credentials = { accessKeyId: 'AKIDTEST', secretAccessKey: 'test' }

/** Where the AWS is: at an address, or in this process. */
export type AwsWay = Pick<AutoScalingClientConfig, 'endpoint' | 'requestHandler'>

/** What AWS says of a group by itself, not through the tool. */
export class FleetBySdk {
  readonly scaling: AutoScalingClient
  readonly ec2: EC2Client
  readonly balancing: ElasticLoadBalancingV2Client
  readonly cloudWatch: CloudWatchClient
  readonly #group: string

  constructor(way: AwsWay, { region, group }: { region: string; group: string }) {
    const settings = { ...way, region, credentials }
    this.scaling = new AutoScalingClient(settings)
    this.ec2 = new EC2Client(settings)
    this.balancing = new ElasticLoadBalancingV2Client(settings)
    this.cloudWatch = new CloudWatchClient(settings)
    this.#group = group
  }

  /** Its autoscale groups, all versions of it. */
  async versions() {
    const Filters = [{ Name: 'tag:group', Values: [this.#group] }]
    const { AutoScalingGroups = [] } = await this.scaling.send(
      new DescribeAutoScalingGroupsCommand({ Filters }),
    )
    return AutoScalingGroups.map((group) => ({
      name: group.AutoScalingGroupName ?? '',
      tags: Object.fromEntries((group.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
      suspended: (group.SuspendedProcesses ?? []).map(({ ProcessName }) => ProcessName),
      sizes: [group.MinSize, group.MaxSize, group.DesiredCapacity],
      template: Number(group.LaunchTemplate?.Version),
      instances: (group.Instances ?? []).map(({ InstanceId = '', LifecycleState, HealthStatus }) => ({
        id: InstanceId,
        state: LifecycleState,
        health: HealthStatus,
      })),
      targetGroups: group.TargetGroupARNs ?? [],
    }))
  }

  /** What an autoscale group does by itself, in short. */
  async settings(AutoScalingGroupName: string) {
    const asked = { AutoScalingGroupName }
    const [hooks, policies, actions] = await Promise.all([
      this.scaling.send(new DescribeLifecycleHooksCommand(asked)),
      this.scaling.send(new DescribePoliciesCommand(asked)),
      this.scaling.send(new DescribeScheduledActionsCommand(asked)),
    ])
    return {
      hooks: (hooks.LifecycleHooks ?? []).map(({ LifecycleHookName }) => LifecycleHookName),
      policies: (policies.ScalingPolicies ?? []).map(
        ({ PolicyName, TargetTrackingConfiguration: tracking }) =>
          `${String(PolicyName)} ${String(tracking?.TargetValue)}`,
      ),
      schedule: (actions.ScheduledUpdateGroupActions ?? []).map(
        ({ ScheduledActionName, Recurrence, DesiredCapacity }) =>
          `${String(ScheduledActionName)} ${String(Recurrence)} ${String(DesiredCapacity)}`,
      ),
    }
  }

  /** Instances of the group that were not told to end, whoever keeps them. */
  async instances() {
    const Filters = [
      { Name: 'tag:group', Values: [this.#group] },
      { Name: 'instance-state-name', Values: ['pending', 'running'] },
    ]
    const { Reservations = [] } = await this.ec2.send(new DescribeInstancesCommand({ Filters }))
    return Reservations.flatMap(({ Instances = [] }) => Instances).map((instance) => ({
      id: instance.InstanceId ?? '',
      type: instance.InstanceType,
      tags: Object.fromEntries((instance.Tags ?? []).map(({ Key = '', Value = '' }) => [Key, Value])),
    }))
  }

  /** The versions of its launch template, by their numbers. */
  async templateVersions() {
    const Filters = [{ Name: 'tag:group', Values: [this.#group] }]
    const { LaunchTemplates = [] } = await this.ec2.send(new DescribeLaunchTemplatesCommand({ Filters }))
    const versions = LaunchTemplates.map(async ({ LaunchTemplateId }) => {
      const asked = new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateId })
      return (await this.ec2.send(asked)).LaunchTemplateVersions ?? []
    })
    return (await Promise.all(versions))
      .flat()
      .map(({ VersionNumber = 0, DefaultVersion = false, VersionDescription = '' }) => ({
        number: VersionNumber,
        isDefault: DefaultVersion,
        description: VersionDescription,
      }))
      .toSorted((a, b) => a.number - b.number)
  }

  /** Load balancers, target groups and alarms, all that there are: their names. */
  async surroundings() {
    const [balancers, targets, alarms] = await Promise.all([
      this.balancing.send(new DescribeLoadBalancersCommand({})),
      this.balancing.send(new DescribeTargetGroupsCommand({})),
      this.cloudWatch.send(new DescribeAlarmsCommand({})),
    ])
    return {
      loadBalancers: (balancers.LoadBalancers ?? []).map(({ LoadBalancerName = '' }) => LoadBalancerName),
      targetGroups: (targets.TargetGroups ?? []).map(({ TargetGroupName = '' }) => TargetGroupName),
      alarms: (alarms.MetricAlarms ?? []).map(({ AlarmName = '' }) => AlarmName),
    }
  }
}
