import { join } from 'node:path'

import type { CloudAction, Outcome, ProjectCall, SandboxAction } from '@package/core/action'
import { PackageError } from '@package/core/errors'
import type { Bundles } from '@package/core/ports/bundles'
import type { Packer } from '@package/core/ports/packer'
import type { Report } from '@package/core/ports/report'

import { awsClouds } from './systems/aws/aws-clouds.ts'
import { AwsTime } from './systems/aws/aws-time.ts'
import type { AwsCall, Connection } from './systems/aws/connection.ts'
import { usualRegion } from './systems/aws/usual-region.ts'
import { appendLogs } from './systems/host/append-logs.ts'
import { confirm } from './systems/host/confirm.ts'
import { myIp } from './systems/host/my-ip.ts'
import { operator } from './systems/host/operator.ts'
import { gitCommit } from './systems/host/git-commit.ts'
import { ownFolder } from './systems/host/own-folder.ts'
import { stopOnInterrupt } from './systems/host/stop.ts'
import { thisRun } from './systems/host/this-run.ts'
import { systemClock } from './systems/host/system-clock.ts'
import { awsPlace, sandboxPlace } from './systems/packer/build-place.ts'
import type { PackerSettings } from './systems/packer/packer.ts'
import { openSsh } from './systems/ssh/open-ssh.ts'

/** How AWS and SSH are for one run: the real ones, or the sandbox's. */
interface World {
  connection: Connection
  /** Undefined: as the operator's own ssh has it. */
  sshPort: number | undefined
  /** What `my-ip` is where nobody can be asked. */
  myIp: string | undefined
  beforeSsh: () => Promise<void>
  packerAt: PackerSettings['at']
  close: (how: { whenIdle: boolean }) => Promise<void>
}

export async function runCloudAction(
  action: CloudAction,
  call: ProjectCall,
  project: string,
): Promise<Outcome> {
  const text = (name: string) => textOf(call.options[name])
  const own = ownFolder(project)
  const onCall = call.options['verbose'] === true ? tellCall(call.report) : undefined
  const world = asksSandbox(call) ? await sandboxWorld(call, own, onCall) : awsWorld(text('profile'), onCall)
  let commit: Promise<string | undefined> | undefined
  let isCancelled = false
  try {
    const region = { named: text('region'), usual: await regionOfEnvironment(call) }
    return await action.run({
      ...call,
      clouds: awsClouds(world.connection, region),
      clock: world.connection.clock,
      shell: openSsh({
        knownHostsPath: join(own, 'known_hosts'),
        port: world.sshPort,
        before: world.beforeSsh,
      }),
      packer: packerWhenNeeded({
        project,
        environment: process.env,
        at: world.packerAt,
        ownAddress: () => myIp(world.myIp),
      }),
      bundles: bundlesWhenNeeded(project),
      logs: appendLogs(project),
      run: thisRun(),
      stop: stopOnInterrupt(),
      commit: () => (commit ??= knownCommit(project, call.report)),
      environment: text('env') ?? call.nodes.settings.environment,
      operator: operator(),
      myIp: () => myIp(world.myIp),
      confirm: (question) => (call.options['yes'] === true ? Promise.resolve(true) : confirm(question)),
    })
  } catch (error) {
    isCancelled = error instanceof PackageError && error.kind === 'cancelled'
    throw error
  } finally {
    await world.close({ whenIdle: !isCancelled })
  }
}

export async function runSandboxAction(
  action: SandboxAction,
  call: ProjectCall,
  project: string,
): Promise<Outcome> {
  const { sandboxControl } = await import('./systems/sandbox/sandbox-control.ts')
  const { sourceImages } = await import('./systems/sandbox/source-images.ts')
  const folder = join(ownFolder(project), 'sandbox')
  return action.run({ ...call, sandbox: sandboxControl(folder, sourceImages(call.nodes, undefined)) })
}

async function knownCommit(project: string, report: Report): Promise<string | undefined> {
  const commit = await gitCommit(project)
  if (commit?.endsWith('-dirty')) {
    const text = `not all files here are committed: what is made of them is tagged ${commit}`
    report({ level: 'warning', code: 'TREE_DIRTY', text, data: { commit } })
  }
  return commit
}

/** Asked only where a group leaves its region to the environment. */
async function regionOfEnvironment({ nodes, options }: ProjectCall): Promise<string | undefined> {
  const groups = [...nodes.groups.values()]
  const isNeeded = groups.some(({ fields }) => fields.region === undefined)
  return isNeeded ? usualRegion(textOf(options['profile'])) : undefined
}

function asksSandbox(call: ProjectCall): boolean {
  return call.options['sandbox'] === true || /^(1|true)$/.test(process.env['PACKAGE_SANDBOX'] ?? '')
}

function awsWorld(profile: string | undefined, onCall: Connection['onCall']): World {
  const nothing = () => Promise.resolve()
  const clock = systemClock()
  return {
    connection: {
      profile,
      endpoint: undefined,
      requestHandler: undefined,
      credentials: undefined,
      clock,
      time: new AwsTime(clock),
      made: new Set(),
      onCall,
    },
    sshPort: undefined,
    myIp: undefined,
    beforeSsh: nothing,
    packerAt: (work) => work(awsPlace(process.env, profile)),
    close: nothing,
  }
}

async function sandboxWorld(call: ProjectCall, own: string, onCall: Connection['onCall']): Promise<World> {
  const { embeddedAws, sandboxSshPort } = await import('./systems/sandbox/embedded-aws.ts')
  const { sourceImages } = await import('./systems/sandbox/source-images.ts')
  const images = sourceImages(call.nodes, textOf(call.options['region']))
  const aws = await embeddedAws(join(own, 'sandbox'), images, systemClock())
  const { endpoint, requestHandler, clock } = aws
  const credentials = { accessKeyId: 'sandbox', secretAccessKey: 'sandbox' }
  return {
    connection: {
      profile: undefined,
      endpoint,
      requestHandler,
      credentials,
      clock,
      time: new AwsTime(clock),
      made: new Set(),
      onCall,
    },
    sshPort: sandboxSshPort,
    myIp: '127.0.0.1',
    beforeSsh: aws.answerSsh,
    packerAt: (work) => aws.serveWhile((url) => work(sandboxPlace(process.env, url, sandboxSshPort))),
    close: aws.close,
  }
}

/** Loaded when an image is built, which is rare and lasts. */
function packerWhenNeeded(settings: PackerSettings): Packer {
  let loaded: Promise<Packer> | undefined
  const load = () =>
    (loaded ??= import('./systems/packer/packer.ts').then(({ installedPacker }) => installedPacker(settings)))
  return {
    version: async () => (await load()).version(),
    build: async (build, onLine) => (await load()).build(build, onLine),
  }
}

/** Loaded by deploys alone. */
function bundlesWhenNeeded(project: string): Bundles {
  return {
    async pack(parts) {
      const { tarBundles } = await import('./systems/bundle/tar-bundles.ts')
      return tarBundles(project).pack(parts)
    },
  }
}

function tellCall(report: Report): (call: AwsCall) => void {
  return (call) => {
    const { service, region, operation, status, requestId, milliseconds } = call
    const outcome = status === 0 ? 'no answer' : String(status)
    report({
      level: 'info',
      code: 'AWS_CALL',
      text: `${service}:${operation} ${region} ${outcome} ${String(milliseconds)} ms ${requestId}`,
      data: call,
    })
  }
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' ? value : undefined
}
