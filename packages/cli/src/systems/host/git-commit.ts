import { execFile } from 'node:child_process'

/** In bytes: a list of files that is longer is one of changes anyway. */
const longestList = 64 * 1024 * 1024

/**
 * The commit of the repository that the folder is in, `-dirty` where files differ from it or are not in it, ignored ones aside;
 * undefined where there is none, or no git.
 */
export async function gitCommit(folder: string): Promise<string | undefined> {
  const commit = await outputOf(folder, ['rev-parse', '--verify', '--quiet', 'HEAD'])
  if (commit === undefined) return undefined
  const changes = await outputOf(folder, ['status', '--porcelain'])
  return changes === '' ? commit : `${commit}-dirty`
}

function outputOf(folder: string, words: readonly string[]): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile('git', words, { cwd: folder, maxBuffer: longestList }, (error, output) => {
      resolve(error ? undefined : output.trim())
    })
  })
}
