import { dnaDocument } from '@package/templates/dna'

import { roleNameOf } from '../chef/role.ts'
import type { WantedFile } from '../ports/files.ts'

export function instanceDnaPath(group: string, instanceId: string): string {
  return `dna/instance/${group}-${instanceId}.json`
}

/** dna/instance/<group>-<instance-id>.json: what that one-off instance converges. */
export function instanceDnaFile(group: string, instanceId: string): WantedFile {
  return {
    path: instanceDnaPath(group, instanceId),
    text: dnaDocument(`${group}-${instanceId}`, roleNameOf(group)),
  }
}
