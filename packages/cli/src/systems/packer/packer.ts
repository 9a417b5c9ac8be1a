import { mkdirSync, readFileSync, rmdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'

import { PackageError } from '@package/core/errors'
import type { ImageBuild, Packer } from '@package/core/ports/packer'

import { openBuildLog } from './build-log.ts'
import type { BuildPlace } from './build-place.ts'
import { deriveTemplate, type RunOfTemplate } from './derive-template.ts'
import { findPacker, ownCheckout, type FoundPacker } from './find-packer.ts'
import { BuildStory } from './read-output.ts'
import { redaction, secretsOf } from './redaction.ts'
import { runPacker, type PackerEnd } from './run-packer.ts'

export interface PackerSettings {
  /** The project's folder. */
  project: string
  environment: NodeJS.ProcessEnv
  /** Runs the work with the AWS that it is for; several at once. */
  at: <T>(work: (place: BuildPlace) => Promise<T>) => Promise<T>
  /** The operator's own address; throws where it cannot be known. */
  ownAddress: () => Promise<string>
}

/** Packer as it is installed on this machine. */
export function installedPacker(settings: PackerSettings): Packer {
  let found: Promise<FoundPacker> | undefined
  let isInterrupted = false
  const find = () => (found ??= findPacker(settings.environment, ownCheckout()))
  return {
    version: async () => (await find()).version,
    async build(build, onLine) {
      const { program, version } = await find()
      return settings.at(async (place) => {
        if (isInterrupted) throw notStarted(build)
        const ownCidr = await cidrOf(settings, onLine)
        if (isInterrupted) throw notStarted(build)
        writeDerived(settings.project, build, place, { ownCidr, packerVersion: version })
        const log = openBuildLog(settings.project, build.logPath)
        const secrets = secretsOf(place.environment)
        const [redacted, redactedLog] = [redaction(secrets), redaction(secrets)]
        const story = new BuildStory()
        const show = (line: string) => {
          log(line)
          onLine(line)
        }
        const end = await runPacker({
          program,
          folder: settings.project,
          environment: place.environment,
          templatePath: build.derivedPath,
          onOutput: (line) => story.take(line).map(redacted).forEach(show),
          onLogged: (line) => log(redactedLog(line)),
          onCancel: (how) => {
            isInterrupted = true
            show(
              how === 'cleanup'
                ? 'Packer cleans up; once more Ctrl-C kills it'
                : 'Packer is killed, uncleaned',
            )
          },
        })
          .catch((cause: unknown) => {
            throw notStartable(build, program, cause)
          })
          .finally(() => removeDerived(settings.project, build))
        return imageOf(build, story, end, redaction(secrets))
      })
    },
  }
}

/** Undefined for IPv6 too: Packer's temporary security group has rules of IPv4 alone. */
async function cidrOf(settings: PackerSettings, onLine: (line: string) => void): Promise<string | undefined> {
  const address = await settings.ownAddress().catch(() => undefined)
  if (address !== undefined && !address.includes(':')) return `${address}/32`
  onLine(
    'your own IPv4 address is not known: unless the template says otherwise, all may try to log in to the builder',
  )
  return undefined
}

/** Only its owner reads it. */
function writeDerived(
  project: string,
  build: ImageBuild,
  { builder }: BuildPlace,
  known: Pick<RunOfTemplate, 'ownCidr' | 'packerVersion'>,
): void {
  const { templatePath, derivedPath, region, tags, keyPairName } = build
  const folder = join(project, dirname(templatePath))
  const committed = readTemplate(project, templatePath)
  const text = deriveTemplate(committed, {
    path: templatePath,
    folder,
    region,
    tags,
    keyPairName,
    builder,
    ...known,
  })
  const target = join(project, derivedPath)
  try {
    mkdirSync(dirname(target), { recursive: true })
    writeFileSync(target, text, { mode: 0o600 })
  } catch (cause) {
    throw new PackageError('system', 'FILE_SYSTEM', `cannot write ${derivedPath}: ${String(cause)}`, {
      cause,
    })
  }
}

/** What cannot be removed does no harm: no other run reads it. */
function removeDerived(project: string, { derivedPath }: ImageBuild): void {
  try {
    rmSync(join(project, derivedPath), { force: true })
    // Of a run that builds several groups, the last one succeeds.
    rmdirSync(join(project, dirname(derivedPath)))
  } catch {
    // Not empty, or gone.
  }
}

function readTemplate(project: string, templatePath: string): string {
  try {
    return readFileSync(join(project, templatePath), 'utf8')
  } catch (cause) {
    throw new PackageError('config', 'TEMPLATE_MISSING', `cannot read ${templatePath}: ${String(cause)}`, {
      hint: 'package packer:create makes it',
      cause,
    })
  }
}

function imageOf(
  build: ImageBuild,
  story: BuildStory,
  { exit, signal, cancelled }: PackerEnd,
  redacted: (line: string) => string,
): string {
  const { group, region, logPath } = build
  const imageId = story.imageId(region)
  if (exit === 0 && imageId !== undefined) return imageId
  if (cancelled !== 'no') {
    throw new PackageError('cancelled', 'CANCELLED', `${group}: packer build was cancelled`, {
      ...(cancelled === 'kill' && {
        hint: 'Packer was killed: the next packer:run removes what it left behind',
      }),
    })
  }
  const reason =
    exit === 0
      ? `it made no image in ${region}`
      : (story.lastError ?? `it ended with ${String(signal ?? exit)}`)
  const message = `${group}: packer build failed: ${redacted(reason)}`
  const hint = `all that Packer said is in ${logPath}`
  if (!gaveUp.test(reason)) throw new PackageError('system', 'PACKER_FAILED', message, { hint })
  throw new PackageError('timeout', 'PACKER_TIMEOUT', message, {
    hint: `${hint}; AWS_MAX_ATTEMPTS and AWS_POLL_DELAY_SECONDS in the environment let it wait longer for AWS`,
  })
}

/** How Packer, and the SDK of Go that it waits with, say that they do not wait any longer. */
const gaveUp = /exceeded wait attempts|^timeout waiting for /i

function notStarted({ group }: ImageBuild): PackageError {
  return new PackageError('cancelled', 'CANCELLED', `${group}: packer build was not started`)
}

function notStartable({ group }: ImageBuild, program: string, cause: unknown): PackageError {
  return new PackageError(
    'system',
    'PACKER_FAILED',
    `${group}: ${program} cannot be started: ${String(cause)}`,
    {
      cause,
    },
  )
}
