import type { Nodes } from './groups/nodes.ts'
import type { Bundles } from './ports/bundles.ts'
import type { ChefServer } from './ports/chef-server.ts'
import type { Clock } from './ports/clock.ts'
import type { Clouds } from './ports/cloud/cloud.ts'
import type { Files } from './ports/files.ts'
import type { Logs } from './ports/logs.ts'
import type { Packer } from './ports/packer.ts'
import type { Report } from './ports/report.ts'
import type { Run } from './ports/run.ts'
import type { SandboxControl } from './ports/sandbox.ts'
import type { Shell } from './ports/shell.ts'
import type { Stop } from './ports/stop.ts'

export interface OptionSpec {
  type: 'boolean' | 'string'
  /** One letter, for `-x`. */
  alias?: string
  summary: string
  choices?: readonly string[]
}

export type OptionSpecs = Readonly<Record<string, OptionSpec>>

/** What the command line gave for the options: a flag is true or false, a text may be missing. */
export type OptionValues<O extends OptionSpecs = OptionSpecs> = {
  readonly [K in keyof O]: { boolean: boolean; string: string | undefined }[O[K]['type']]
}

/** What an action leaves behind: data for programs, lines for people. */
export interface Outcome<Data = unknown> {
  data: Data
  lines: readonly string[]
  /** The exit code, where it is not 0 though nothing of ours failed: that of a remote command. */
  exit?: number
}

interface ActionTexts<O extends OptionSpecs> {
  /** `namespace:action` */
  name: string
  /** Other names of the same work. */
  aliases?: readonly string[]
  /** One line, for the list of actions. */
  summary: string
  options: O
  /** Complete commands, each with what it is for. */
  examples: readonly (readonly [command: string, purpose: string])[]
}

export interface FolderCall<O extends OptionSpecs = OptionSpecs> {
  options: OptionValues<O>
  files: Files
  report: Report
  /** The last part of the folder's path. */
  folderName: string
}

export interface ProjectCall<O extends OptionSpecs = OptionSpecs> extends FolderCall<O> {
  /** The words after the action: groups, and for `nodes:explain` a key. */
  operands: readonly string[]
  nodes: Nodes
  /** The text that `nodes` came from. */
  nodesText: string
  /** The project's Chef Server. Throws PackageError (config) where none is named, or its key cannot be used. */
  chefServer(): Promise<ChefServer>
}

/** An action on a folder that need not be a project yet. */
export interface FolderAction<O extends OptionSpecs = OptionSpecs> extends ActionTexts<O> {
  on: 'folder'
  run(call: FolderCall<O>): Promise<Outcome>
}

/** An action on the project, whose nodes.json is valid by the time it runs. */
export interface ProjectAction<O extends OptionSpecs = OptionSpecs> extends ActionTexts<O> {
  on: 'project'
  /** How the words after the action are shown in help. */
  operands: '[group...]' | '<group> [key]' | '<group>' | '<group...>' | '<group> [command...]' | '[bag]' | ''
  run(call: ProjectCall<O>): Promise<Outcome>
}

export interface CloudCall<O extends OptionSpecs = OptionSpecs> extends ProjectCall<O> {
  clouds: Clouds
  clock: Clock
  shell: Shell
  packer: Packer
  bundles: Bundles
  logs: Logs
  run: Run
  stop: Stop
  /** The commit that the project's files are at, with `-dirty` behind it where they differ; undefined outside git. */
  commit(): Promise<string | undefined>
  /** `--env`, else the settings' environment. */
  environment: string | undefined
  /** Who is at work, as it goes into tags and descriptions: `user@host`. */
  operator: string
  /** The operator's own address, for `my-ip` rules. Throws PackageError (config) where it cannot be known. */
  myIp(): Promise<string>
  /** Asks before something is destroyed; true with `--yes`. Throws PackageError (usage) where nobody can answer. */
  confirm(question: string): Promise<boolean>
}

/** An action on AWS. */
export interface CloudAction<O extends OptionSpecs = OptionSpecs> extends ActionTexts<O> {
  on: 'cloud'
  operands: ProjectAction['operands']
  run(call: CloudCall<O>): Promise<Outcome>
}

export interface SandboxCall<O extends OptionSpecs = OptionSpecs> extends ProjectCall<O> {
  sandbox: SandboxControl
}

/** An action on the embedded AWS as a whole. */
export interface SandboxAction<O extends OptionSpecs = OptionSpecs> extends ActionTexts<O> {
  on: 'sandbox'
  run(call: SandboxCall<O>): Promise<Outcome>
}

export type Action = FolderAction | ProjectAction | CloudAction | SandboxAction

/** Checks an action's options against its `run`, then forgets them: the table of actions holds all kinds. */
export function projectAction<const O extends OptionSpecs>(action: Omit<ProjectAction<O>, 'on'>): Action {
  return { ...action, on: 'project' } as unknown as ProjectAction
}

/** The same for an action on a folder. */
export function folderAction<const O extends OptionSpecs>(action: Omit<FolderAction<O>, 'on'>): Action {
  return { ...action, on: 'folder' } as unknown as FolderAction
}

/**
 * The same for an action on AWS, which also takes the options of all those. The options of the sandbox are among them: every
 * such action works in it.
 */
export function cloudAction<const O extends OptionSpecs>(action: Omit<CloudAction<O>, 'on'>): Action {
  return { ...action, options: { ...cloudOptions, ...action.options }, on: 'cloud' } as unknown as CloudAction
}

/** The same for an action on the sandbox, of which there is one for each project. */
export function sandboxAction<const O extends OptionSpecs>(action: Omit<SandboxAction<O>, 'on'>): Action {
  return { ...action, on: 'sandbox' } as unknown as SandboxAction
}

const cloudOptions = {
  profile: { type: 'string', summary: 'The profile of your AWS configuration to use' },
  region: { type: 'string', summary: "The region, in place of the group's" },
  env: { type: 'string', summary: "The environment, in place of the settings'" },
  verbose: { type: 'boolean', summary: 'Show each call to AWS with its request id' },
  sandbox: { type: 'boolean', summary: 'Use the embedded AWS in .package/sandbox, not your account' },
  'sandbox-hosts': {
    type: 'string',
    summary: 'What the instances of the sandbox are',
    choices: ['folder'],
  },
} as const satisfies OptionSpecs

/** Taken by every action that destroys. */
export const yes = {
  yes: { type: 'boolean', alias: 'y', summary: 'Do not ask first' },
} as const satisfies OptionSpecs

/** Taken by every action that changes AWS. */
export const planOnly = {
  'dry-run': { type: 'boolean', summary: 'Show the plan, and change nothing' },
} as const satisfies OptionSpecs

/** Taken by every action that writes to a Chef Server. */
export const overwrite = {
  overwrite: {
    type: 'boolean',
    summary: 'Also write over what somebody else has changed on the Chef Server',
  },
} as const satisfies OptionSpecs

/** Taken by every action that writes a file. */
export const dryRun = {
  'dry-run': { type: 'boolean', summary: 'Show what would change, as a unified diff, and change nothing' },
} as const satisfies OptionSpecs
