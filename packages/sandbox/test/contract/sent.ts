import type {
  AutoScalingClientResolvedConfig,
  ServiceInputTypes as AutoScalingInputTypes,
  ServiceOutputTypes as AutoScalingOutputTypes,
} from '@aws-sdk/client-auto-scaling'
import type {
  CloudWatchClientResolvedConfig,
  ServiceInputTypes as CloudWatchInputTypes,
  ServiceOutputTypes as CloudWatchOutputTypes,
} from '@aws-sdk/client-cloudwatch'
import type { EC2ClientResolvedConfig, ServiceInputTypes, ServiceOutputTypes } from '@aws-sdk/client-ec2'
import type {
  ElasticLoadBalancingV2ClientResolvedConfig,
  ServiceInputTypes as BalancingInputTypes,
  ServiceOutputTypes as BalancingOutputTypes,
} from '@aws-sdk/client-elastic-load-balancing-v2'
import type {
  ServiceInputTypes as SsmInputTypes,
  ServiceOutputTypes as SsmOutputTypes,
  SSMClientResolvedConfig,
} from '@aws-sdk/client-ssm'
import type { Command } from '@smithy/types'

/** The commands that each service's client takes. */
export type Sent<I extends ServiceInputTypes, O extends ServiceOutputTypes> = Command<
  ServiceInputTypes,
  I,
  ServiceOutputTypes,
  O,
  EC2ClientResolvedConfig
>

export type SentToGroups<I extends AutoScalingInputTypes, O extends AutoScalingOutputTypes> = Command<
  AutoScalingInputTypes,
  I,
  AutoScalingOutputTypes,
  O,
  AutoScalingClientResolvedConfig
>

export type SentToBalancers<I extends BalancingInputTypes, O extends BalancingOutputTypes> = Command<
  BalancingInputTypes,
  I,
  BalancingOutputTypes,
  O,
  ElasticLoadBalancingV2ClientResolvedConfig
>

export type SentToAlarms<I extends CloudWatchInputTypes, O extends CloudWatchOutputTypes> = Command<
  CloudWatchInputTypes,
  I,
  CloudWatchOutputTypes,
  O,
  CloudWatchClientResolvedConfig
>

export type SentToAgents<I extends SsmInputTypes, O extends SsmOutputTypes> = Command<
  SsmInputTypes,
  I,
  SsmOutputTypes,
  O,
  SSMClientResolvedConfig
>
