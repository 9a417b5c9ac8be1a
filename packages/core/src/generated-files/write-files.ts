import type { Outcome } from '../action.ts'
import type { FileStatus, Files, WantedFile } from '../ports/files.ts'

export interface WrittenFile {
  path: string
  status: FileStatus
  /** With --dry-run: the unified diff against what is on disk. */
  diff?: string
}

/** Makes the files be as wanted, or with `dryRun` says what that would change. The same path twice is written once. */
export async function writeFiles(
  files: Files,
  wanted: readonly WantedFile[],
  dryRun: boolean,
): Promise<Outcome<{ dry_run: boolean; files: WrittenFile[] }>> {
  const distinct = [...new Map(wanted.map((file) => [file.path, file])).values()]
  const written = dryRun ? await compared(files, distinct) : statuses(distinct, await files.write(distinct))
  if (written.length === 0) return { data: { dry_run: dryRun, files: [] }, lines: ['nothing to do'] }
  const lines = written.map(({ path, status, diff }) => diff ?? `${status.padEnd(9)}  ${path}`)
  return { data: { dry_run: dryRun, files: written }, lines }
}

function statuses(wanted: readonly WantedFile[], done: readonly FileStatus[]): WrittenFile[] {
  return wanted.map(({ path }, index) => ({ path, status: done[index] as FileStatus }))
}

async function compared(files: Files, wanted: readonly WantedFile[]): Promise<WrittenFile[]> {
  const { createTwoFilesPatch } = await import('diff')
  return wanted.map(({ path, text }) => {
    const current = files.read(path)
    if (current === text) return { path, status: 'unchanged' }
    const before = current === undefined ? '/dev/null' : `a/${path}`
    const patch = createTwoFilesPatch(before, `b/${path}`, current ?? '', text, undefined, undefined, {
      context: 3,
    })
    const diff = patch.replace(/^=+\n/, '').trimEnd()
    return { path, status: current === undefined ? 'created' : 'updated', diff }
  })
}
