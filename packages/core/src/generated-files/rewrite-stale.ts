import type { Files, WantedFile } from '../ports/files.ts'
import type { Report } from '../ports/report.ts'

/** Makes generated files be as wanted before they are used, and says which were not. Throws PackageError: those of the files. */
export async function rewriteStale(
  { files, report }: { files: Files; report: Report },
  group: string,
  wanted: readonly WantedFile[],
): Promise<void> {
  const statuses = await files.write(wanted)
  for (const [index, { path }] of wanted.entries()) {
    const status = statuses[index] ?? 'unchanged'
    if (status === 'unchanged') continue
    const text = `${group}: ${path} was ${status === 'created' ? 'missing' : 'out of date'}: it is written anew`
    report({ level: 'info', code: 'FILE_REWRITTEN', group, text, data: { path, status } })
  }
}
