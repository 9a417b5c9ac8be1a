import { constants, lstatSync, type Stats } from 'node:fs'
import { copyFile, lstat, open, rename, rm, type FileHandle } from 'node:fs/promises'
import { dirname, join, posix } from 'node:path'

import { DiskError } from './disk-error.ts'
import { permissionsOnDisk } from './permissions.ts'

const writing = constants.O_WRONLY | constants.O_RDWR

/** The folder that is a machine's `/`. Nothing outside of it can be named. */
export class Disk {
  readonly root: string

  constructor(root: string) {
    this.root = root
  }

  /**
   * Where a path of the machine is; it need not exist. Throws DiskError where a link is on the way: no machine can make
   * one, and one that somebody else put there may lead out of the folder.
   */
  locate(path: string): string {
    if (path.includes('\0')) throw new DiskError('EINVAL')
    let place = this.root
    let exists = true
    for (const name of posix.resolve('/', path).split('/').filter(Boolean)) {
      place = join(place, name)
      const stat: Stats | undefined = exists ? lstatSync(place, { throwIfNoEntry: false }) : undefined
      if (stat?.isSymbolicLink()) throw new DiskError('EACCES')
      exists = stat !== undefined
    }
    return place
  }

  /** As `locate`, for what is to be removed or moved. Throws DiskError for the root. */
  locateMovable(path: string): string {
    const place = this.locate(path)
    if (place === this.root) throw new DiskError('EBUSY')
    return place
  }

  /** Opens a regular file with the flags of open(2). Throws DiskError, or as node:fs does. */
  async open(path: string, flags: number, mode = 0o644): Promise<FileHandle> {
    const place = this.locate(path)
    if ((flags & writing) !== 0) await separate(place)
    // A pipe that somebody put there would wait for its other end.
    const safely = flags | constants.O_NOFOLLOW | constants.O_NONBLOCK
    const handle = await open(place, safely, permissionsOnDisk(mode, 'file'))
    if ((await handle.stat()).isFile()) return handle
    await handle.close()
    throw new DiskError('EISDIR')
  }

  async isFolder(path: string): Promise<boolean> {
    return lstat(this.locate(path)).then(
      (stat) => stat.isDirectory(),
      () => false,
    )
  }
}

/** A file with a second name gets an own copy: the other name may be outside. */
async function separate(place: string): Promise<void> {
  const stat = await lstat(place).catch(() => undefined)
  if (!stat?.isFile() || stat.nlink === 1) return
  const copy = join(dirname(place), `.separate-${process.pid}-${stat.ino}`)
  try {
    await copyFile(place, copy)
    await rename(copy, place)
  } finally {
    await rm(copy, { force: true })
  }
}
