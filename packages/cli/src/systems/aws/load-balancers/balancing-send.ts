import type { ElasticLoadBalancingV2Client } from '@aws-sdk/client-elastic-load-balancing-v2'

/** What the client of Elastic Load Balancing sends with. */
export type BalancingSend = ElasticLoadBalancingV2Client['send']
