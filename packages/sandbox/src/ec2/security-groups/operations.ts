import {
  AuthorizeSecurityGroupEgress$,
  AuthorizeSecurityGroupIngress$,
  CreateSecurityGroup$,
  DeleteSecurityGroup$,
  DescribeSecurityGroupRules$,
  DescribeSecurityGroups$,
  ModifySecurityGroupRules$,
  RevokeSecurityGroupEgress$,
  RevokeSecurityGroupIngress$,
  UpdateSecurityGroupRuleDescriptionsEgress$,
  UpdateSecurityGroupRuleDescriptionsIngress$,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { authorize, revoke } from './change-rules.ts'
import { createSecurityGroup, deleteSecurityGroup } from './create-security-group.ts'
import { describeSecurityGroupRules } from './describe-security-group-rules.ts'
import { describeSecurityGroups } from './describe-security-groups.ts'
import { modifySecurityGroupRules, updateDescriptions } from './edit-rules.ts'

export const securityGroupOperations = [
  operation(CreateSecurityGroup$, createSecurityGroup),
  operation(DeleteSecurityGroup$, deleteSecurityGroup),
  operation(DescribeSecurityGroups$, describeSecurityGroups),
  operation(DescribeSecurityGroupRules$, describeSecurityGroupRules),
  operation(AuthorizeSecurityGroupIngress$, authorize(false)),
  operation(AuthorizeSecurityGroupEgress$, authorize(true)),
  operation(RevokeSecurityGroupIngress$, revoke(false)),
  operation(RevokeSecurityGroupEgress$, revoke(true)),
  operation(UpdateSecurityGroupRuleDescriptionsIngress$, updateDescriptions(false)),
  operation(UpdateSecurityGroupRuleDescriptionsEgress$, updateDescriptions(true)),
  operation(ModifySecurityGroupRules$, modifySecurityGroupRules),
]
