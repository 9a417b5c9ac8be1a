import type { Scenario } from './scenario.ts'
import { identityScenarios } from './scenarios/identity.ts'
import { keyPairScenarios } from './scenarios/key-pairs.ts'
import { networkScenarios } from './scenarios/networks.ts'
import { securityGroupScenarios } from './scenarios/security-groups.ts'
import { snapshotScenarios } from './scenarios/snapshots.ts'
import { tagScenarios } from './scenarios/tags.ts'
import { volumeScenarios } from './scenarios/volumes.ts'
import { zoneScenarios } from './scenarios/zones.ts'

export const scenarios: readonly Scenario[] = [
  ...identityScenarios,
  ...keyPairScenarios,
  ...networkScenarios,
  ...securityGroupScenarios,
  ...snapshotScenarios,
  ...tagScenarios,
  ...volumeScenarios,
  ...zoneScenarios,
]
