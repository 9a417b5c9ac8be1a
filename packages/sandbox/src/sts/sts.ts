import {
  GetCallerIdentity$,
  type GetCallerIdentityRequest,
  type GetCallerIdentityResponse,
} from '@aws-sdk/client-sts'

import { byName, operation, type Service } from '../operation.ts'

export const sts: Service = {
  name: 'sts',
  protocol: 'awsQuery',
  xmlNamespace: 'https://sts.amazonaws.com/doc/2011-06-15/',
  operations: byName([
    operation<GetCallerIdentityRequest, GetCallerIdentityResponse>(GetCallerIdentity$, (_input, scope) => ({
      Account: scope.accountId,
      Arn: `arn:aws:iam::${scope.accountId}:user/sandbox`,
      UserId: 'AIDASANDBOXSANDBOXSAN',
    })),
  ]),
}
