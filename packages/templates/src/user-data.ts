import { atWorkScript, firstBoot } from './at-work.ts'
import { precompiled } from './generated/templates.js'
import { type ChefInput, installChefScript, soloRb } from './image-scripts.ts'
import { renderPrecompiled } from './render.ts'

export interface UserDataHook {
  name: string
  /** In seconds; undefined where the hook waits for long enough by itself. */
  heartbeats: { every: number; for: number } | undefined
}

export interface UserDataInput {
  group: string
  /** What chef-solo gets on the node. */
  dna: object
  chef: ChefInput
  /** The launch hook that the node completes. */
  hook: UserDataHook | undefined
  /** The folder of a bucket that holds bundle.tar.gz and bundle.sha256. */
  bundle: { bucket: string; folder: string } | undefined
}

/** What a project's own templates/user-data.sh.hbs is given: beside the input the tool's own script, without its first line. */
export interface UserDataContext extends UserDataInput {
  script: string
}

/** The script that cloud-init runs as root when a node boots for the first time. */
export function userDataScript(input: UserDataInput): string {
  const { chef, ...given } = input
  return rendered('user-data.sh', {
    ...given,
    heartbeats: input.hook?.heartbeats,
    firstBoot,
    atWork: atWorkScript(firstBoot.as),
    needsAws: input.hook !== undefined || input.bundle !== undefined,
    awsCall: part('aws_call.py'),
    launchHook: part('launch_hook.py'),
    fetchBundle: part('fetch_bundle.py'),
    installChef: installChefScript(chef).join('\n'),
    solo: soloRb(),
  })
}

export function userDataContext(input: UserDataInput): UserDataContext {
  return { ...input, script: userDataScript(input).replace(/^#!.*\n/, '') }
}

/** The line by which a reader of user data knows that it completes the hook. */
export function completesHookLine(hook: string): string {
  return `# package:completes-hook ${hook}`
}

function part(name: keyof typeof precompiled): string {
  return rendered(name, {}).trimEnd()
}

function rendered(name: keyof typeof precompiled, context: object): string {
  return renderPrecompiled(precompiled[name])(context)
}
