import {
  completesHookLine,
  userDataContext,
  type UserDataHook,
  type UserDataContext,
  type UserDataInput,
  userDataScript,
} from '@package/templates/user-data'

import { autoscaleOf } from '../autoscale/autoscale-defaults.ts'
import { convergedHook, longestHookTimeout } from '../autoscale/declared-settings.ts'
import { roleNameOf } from '../chef/role.ts'
import { PackageError } from '../errors.ts'
import { defaultChefVersion } from '../generated-files/default-chef.ts'
import type { Group } from '../groups/nodes.ts'
import type { Owner } from '../ownership.ts'
import type { Files } from '../ports/files.ts'
import { bundleFolder } from './bundle-folder.ts'
import { fittingUserData } from './user-data-limit.ts'

/** A project's own template, used instead of the tool's. */
const ownTemplate = 'templates/user-data.sh.hbs'

export type RenderUserData = (context: UserDataContext) => string

export interface UserDataRequest {
  group: Group
  owner: Owner
  artifactsBucket: string | undefined
  /** Nodes of an autoscale group complete its launch hook; one-off instances have none. */
  launch: 'autoscale' | 'instance'
}

export interface UserData {
  text: string
  /** The same without what a timing of the group has put into it: a change of one makes no other launch specification. */
  digested: string
}

/** The project's own template of user data, if it has one. Throws PackageError (config) for one that is no template. */
export async function ownUserDataTemplate(files: Files): Promise<RenderUserData | undefined> {
  const source = files.read(ownTemplate)
  if (source === undefined) return undefined
  const { compileTemplate } = await import('@package/templates/compile')
  return templated(() => compileTemplate(source))
}

/**
 * What cloud-init runs on a new node of the group, so that it converges by itself. `render` is the project's own template.
 * Throws PackageError (config) for an own template that fails or leaves out the launch hook, and for more than EC2 takes.
 */
export function userData(request: UserDataRequest, render?: RenderUserData): UserData {
  const input = inputOf(request)
  const text = fittingUserData(written(input, render), `the user data of ${request.group.name}`)
  const { hook } = input
  if (hook === undefined) return { text, digested: text }
  if (!completesLaunchHook(text)) throw hookLeftOut(request.group)
  return { text, digested: written({ ...input, hook: { name: hook.name, heartbeats: undefined } }, render) }
}

/** Whether a node that runs it completes the launch hook of its group. */
export function completesLaunchHook(text: string): boolean {
  return text.split('\n').includes(completesHookLine(convergedHook))
}

function inputOf({ group, owner, artifactsBucket, launch }: UserDataRequest): UserDataInput {
  const { name, fields } = group
  return {
    group: name,
    dna: { id: name, package: { stage: 'instance' }, run_list: [`role[${roleNameOf(name)}]`] },
    chef: { install: 'cinc', version: defaultChefVersion, ...fields.chef },
    hook: launch === 'autoscale' ? hookOf(group) : undefined,
    bundle:
      artifactsBucket === undefined
        ? undefined
        : { bucket: artifactsBucket, folder: bundleFolder(owner, name) },
  }
}

/**
 * The hook itself waits for as long as a node may take, which changes in place. Only what is beyond AWS's longest wait is for the
 * node to ask for, until AWS's wait from there on ends with the time that it may take.
 */
function hookOf(group: Group): UserDataHook | undefined {
  const { converge, healthTimeout } = autoscaleOf(group)
  if (converge === 'none') return undefined
  const heartbeatsFor = healthTimeout - longestHookTimeout
  return {
    name: convergedHook,
    heartbeats: heartbeatsFor > 0 ? { every: 300, for: heartbeatsFor } : undefined,
  }
}

function written(input: UserDataInput, render: RenderUserData | undefined): string {
  return render ? templated(() => render(userDataContext(input))) : userDataScript(input)
}

function templated<Made>(make: () => Made): Made {
  try {
    return make()
  } catch (cause) {
    throw new PackageError(
      'config',
      'TEMPLATE_INVALID',
      `${ownTemplate} gives no user data: ${cause instanceof Error ? cause.message : String(cause)}`,
      { hint: 'what a template is given is in docs/nodes-json.md', cause },
    )
  }
}

/** Every launch would wait for the hook until AWS gives it up. */
function hookLeftOut({ name }: Group): PackageError {
  return new PackageError(
    'config',
    'TEMPLATE_INVALID',
    `${name}: ${ownTemplate} leaves out the launch hook ${convergedHook}, which autoscale.converge "hook" waits for`,
    { hint: 'put {{script}} into the template, or set autoscale.converge to "none"' },
  )
}
