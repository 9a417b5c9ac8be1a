import { dnaDocument } from '@package/templates/dna'

import { roleNameOf } from '../chef/role.ts'
import type { Group } from '../groups/nodes.ts'
import type { WantedFile } from '../ports/files.ts'

/** dna/asg/<group>.json: what every node of the group's autoscale group converges. */
export function autoscaleDnaFile({ name }: Group): WantedFile {
  return { path: `dna/asg/${name}.json`, text: dnaDocument(name, roleNameOf(name)) }
}
