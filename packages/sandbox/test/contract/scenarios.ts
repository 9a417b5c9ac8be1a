import type { Scenario } from './scenario.ts'
import { addressScenarios } from './scenarios/addresses.ts'
import { alarmScenarios } from './scenarios/alarms.ts'
import { attachmentScenarios } from './scenarios/attachments.ts'
import { commandScenarios } from './scenarios/commands.ts'
import { groupMemberScenarios } from './scenarios/group-members.ts'
import { groupPolicyScenarios } from './scenarios/group-policies.ts'
import { groupTargetScenarios } from './scenarios/group-targets.ts'
import { groupScenarios } from './scenarios/groups.ts'
import { identityScenarios } from './scenarios/identity.ts'
import { imageScenarios } from './scenarios/images.ts'
import { instanceAttributeScenarios } from './scenarios/instance-attributes.ts'
import { instanceScenarios } from './scenarios/instances.ts'
import { keyPairScenarios } from './scenarios/key-pairs.ts'
import { launchTemplateScenarios } from './scenarios/launch-templates.ts'
import { loadBalancerScenarios } from './scenarios/load-balancers.ts'
import { networkScenarios } from './scenarios/networks.ts'
import { securityGroupScenarios } from './scenarios/security-groups.ts'
import { snapshotScenarios } from './scenarios/snapshots.ts'
import { tagScenarios } from './scenarios/tags.ts'
import { targetGroupScenarios } from './scenarios/target-groups.ts'
import { volumeScenarios } from './scenarios/volumes.ts'
import { zoneScenarios } from './scenarios/zones.ts'

export const scenarios: readonly Scenario[] = [
  ...addressScenarios,
  ...alarmScenarios,
  ...attachmentScenarios,
  ...commandScenarios,
  ...groupMemberScenarios,
  ...groupPolicyScenarios,
  ...groupScenarios,
  ...groupTargetScenarios,
  ...identityScenarios,
  ...imageScenarios,
  ...instanceAttributeScenarios,
  ...instanceScenarios,
  ...keyPairScenarios,
  ...launchTemplateScenarios,
  ...loadBalancerScenarios,
  ...networkScenarios,
  ...securityGroupScenarios,
  ...snapshotScenarios,
  ...tagScenarios,
  ...targetGroupScenarios,
  ...volumeScenarios,
  ...zoneScenarios,
]
