import type { ResolvedCommandContext } from 'just-bash'

/**
 * The descriptors that stand for what a script writes to. just-bash hands on where its descriptors from 3 up lead, to all that a
 * script runs and as it is at each moment; output and errors themselves it keeps until a command has ended.
 */
export const streams = { stdout: 1001, stderr: 1002 }

/** Where a script's output goes; without a path it is kept for whoever runs the script. */
export type OutputPaths = Partial<Record<keyof typeof streams, string>>

/** Put before the text of a script that runs anew, has it write to these paths as it goes. */
export function attached({ stdout, stderr }: OutputPaths): string {
  const opened = [
    [streams.stdout, stdout],
    [streams.stderr, stderr],
  ].flatMap(([descriptor, path]) =>
    path === undefined ? [] : ` ${String(descriptor)}>>${quoted(String(path))}`,
  )
  return opened.length === 0 ? '' : `exec${opened.join('')}; `
}

/** Where the output of a command goes that just-bash runs. */
export function outputPathsOf({ fileDescriptors }: ResolvedCommandContext): OutputPaths {
  const [stdout, stderr] = [streams.stdout, streams.stderr].map((descriptor) => {
    return pathOf(fileDescriptors?.get(descriptor))
  })
  return { ...(stdout !== undefined && { stdout }), ...(stderr !== undefined && { stderr }) }
}

export function quoted(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

/** As just-bash keeps a descriptor that is open for writing, whichever way it was opened; others have no path. */
function pathOf(descriptor: string | undefined): string | undefined {
  return /^__file(?:_append)?__:(.+)$/s.exec(descriptor ?? '')?.[1]
}
