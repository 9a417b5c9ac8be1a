import { areOfOneMachine, markText, readMark, type RunMark } from '../run-mark.ts'

/** Who builds an image. */
export type Builder = RunMark

/** A build that was begun, as the things that it makes on its way tell of it. */
export interface BegunBuild extends Builder {
  /** Milliseconds since 1970. */
  startedAt: number
}

/** What is known of builds that others began. */
export interface Witness {
  now: number
  /** Whether a process of this machine still runs. */
  isAlive: (processId: number) => boolean
}

/** In milliseconds: a build of another machine that is older than this has no Packer any more. */
const longestBuild = 4 * 3_600_000

/** A build as one word, for a tag or a name. */
export function buildText(build: BegunBuild): string {
  return markText(build, build.startedAt)
}

/** What `buildText` has written; undefined for anything else. */
export function buildOf(text: string | undefined): BegunBuild | undefined {
  const mark = readMark(text)
  return mark && { ...mark.run, startedAt: mark.time }
}

/** What the names of a group's temporary key pairs begin with; the build follows. */
export function buildKeyPrefix(project: string, group: string): string {
  return `package-build/${project}/${group}/`
}

/**
 * Whether nobody works on a build any more: its process on this machine is gone, or another machine began it too long ago. What this
 * very run has begun is not left over, nor what no build of ours has made.
 */
export function isLeftOver(build: BegunBuild | undefined, me: Builder, { now, isAlive }: Witness): boolean {
  if (build === undefined || build.runId === me.runId) return false
  return areOfOneMachine(build, me) ? !isAlive(build.processId) : now - build.startedAt > longestBuild
}
