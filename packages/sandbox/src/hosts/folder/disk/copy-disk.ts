import { constants } from 'node:fs'
import { copyFile, lstat, mkdir, readdir, utimes } from 'node:fs/promises'
import { join } from 'node:path'

/** Copies folders and regular files; whatever else somebody put there stays behind. `to` must not exist. */
export async function copyDisk(from: string, to: string): Promise<void> {
  const { mode } = await lstat(from)
  await mkdir(to, { mode: mode & 0o777 })
  for (const entry of await readdir(from, { withFileTypes: true })) {
    const source = join(from, entry.name)
    const target = join(to, entry.name)
    if (entry.isDirectory()) await copyDisk(source, target)
    else if (entry.isFile()) await copyWithTimes(source, target)
  }
}

async function copyWithTimes(source: string, target: string): Promise<void> {
  await copyFile(source, target, constants.COPYFILE_FICLONE)
  const { atime, mtime } = await lstat(source)
  await utimes(target, atime, mtime)
}
