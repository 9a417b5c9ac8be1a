import { execFile } from 'node:child_process'

/** The commit of the repository that the folder is in, `-dirty` where files differ from it; undefined where there is none, or no git. */
export function gitCommit(folder: string): Promise<string | undefined> {
  const words = ['describe', '--always', '--dirty', '--abbrev=40', '--exclude=*']
  return new Promise((resolve) => {
    execFile('git', words, { cwd: folder }, (error, output) => resolve(error ? undefined : output.trim()))
  })
}
