import type { DeployInput } from '@package/templates/deploy'

import { roleNameOf } from '../chef/role.ts'
import { defaultChefVersion } from '../generated-files/default-chef.ts'
import type { Group } from '../groups/nodes.ts'

/** What the script of a group's hosts is made of, but for its bundle; `id` is that of their DNA. */
export function whatToConverge(
  { name, fields }: Group,
  { id, run, whyRun }: { id: string; run: string; whyRun: boolean },
): Pick<DeployInput, 'run' | 'dna' | 'chef' | 'whyRun'> {
  return {
    run,
    dna: { id, package: { stage: 'instance' }, run_list: [`role[${roleNameOf(name)}]`] },
    chef: { install: 'cinc', version: defaultChefVersion, ...fields.chef },
    whyRun,
  }
}
