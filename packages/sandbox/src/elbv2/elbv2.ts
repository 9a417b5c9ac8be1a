import { byName, type Service } from '../operation.ts'
import { listenerOperations } from './listeners/operations.ts'
import { loadBalancerOperations } from './load-balancers/operations.ts'
import { tagOperations } from './tags/operations.ts'
import { targetGroupOperations } from './target-groups/operations.ts'
import { targetOperations } from './targets/operations.ts'

export const elbv2: Service = {
  name: 'elasticloadbalancing',
  protocol: 'awsQuery',
  xmlNamespace: 'http://elasticloadbalancing.amazonaws.com/doc/2015-12-01/',
  operations: byName([
    ...listenerOperations,
    ...loadBalancerOperations,
    ...tagOperations,
    ...targetGroupOperations,
    ...targetOperations,
  ]),
}
