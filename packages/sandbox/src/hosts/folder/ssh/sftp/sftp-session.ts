import { constants } from 'node:fs'
import {
  chmod,
  lstat,
  mkdir,
  readdir,
  rename,
  rmdir,
  unlink,
  utimes,
  type FileHandle,
} from 'node:fs/promises'
import { posix } from 'node:path'

import ssh2, { type Attributes, type FileEntry } from 'ssh2'

import type { Disk } from '../../disk/disk.ts'
import { DiskError } from '../../disk/disk-error.ts'
import { permissionsOnDisk } from '../../disk/permissions.ts'
import type { Identity } from '../../login.ts'
import { attributesOf, fileEntry } from './attributes.ts'
import { OpenHandles } from './open-handles.ts'

const { OPEN_MODE } = ssh2.utils.sftp

const largestRead = 256 * 1024
const namesPerAnswer = 64

/** What version 3 of the SSH file transfer protocol asks for, on a machine's disk. Throws DiskError, or as node:fs. */
export class SftpSession {
  readonly #disk: Disk
  readonly #identity: Identity
  readonly #handles = new OpenHandles()

  constructor(disk: Disk, identity: Identity) {
    this.#disk = disk
    this.#identity = identity
  }

  realPath(path: string): string {
    return posix.resolve(this.#identity.home, path)
  }

  async open(path: string, wanted: number, { mode }: Partial<Attributes>): Promise<Buffer> {
    const full = this.realPath(path)
    const file = await this.#disk.open(full, openFlags(wanted), mode)
    return this.#handles.add({ kind: 'file', file, path: full })
  }

  /** No bytes at the end of the file. */
  async read(handle: Buffer, offset: number, length: number): Promise<Buffer> {
    const { file } = this.#handles.get(handle, 'file')
    const data = Buffer.alloc(Math.min(length, largestRead))
    const { bytesRead } = await file.read(data, 0, data.length, offset)
    return data.subarray(0, bytesRead)
  }

  async write(handle: Buffer, offset: number, data: Buffer): Promise<void> {
    const { file } = this.#handles.get(handle, 'file')
    for (let written = 0; written < data.length;) {
      const rest = data.length - written
      written += (await file.write(data, written, rest, offset + written)).bytesWritten
    }
  }

  async close(handle: Buffer): Promise<void> {
    await this.#handles.close(handle)
  }

  async closeAll(): Promise<void> {
    await this.#handles.closeAll()
  }

  /** There are no links on a machine's disk: stat and lstat are one. */
  async stat(path: string): Promise<Attributes> {
    return attributesOf(await lstat(this.#locate(path)))
  }

  async statHandle(handle: Buffer): Promise<Attributes> {
    return attributesOf(await this.#handles.get(handle, 'file').file.stat())
  }

  async setStat(path: string, attributes: Partial<Attributes>): Promise<void> {
    const full = this.realPath(path)
    if (await this.#disk.isFolder(full)) return this.#setFolder(full, attributes)
    const flags = attributes.size === undefined ? constants.O_RDONLY : constants.O_WRONLY
    const file = await this.#disk.open(full, flags)
    try {
      await setFile(file, attributes)
    } finally {
      await file.close()
    }
  }

  async setStatHandle(handle: Buffer, attributes: Partial<Attributes>): Promise<void> {
    await setFile(this.#handles.get(handle, 'file').file, attributes)
  }

  async openFolder(path: string): Promise<Buffer> {
    const full = this.realPath(path)
    const unread = ['.', '..', ...(await readdir(this.#disk.locate(full)))]
    return this.#handles.add({ kind: 'folder', path: full, unread })
  }

  /** The next of the folder's entries; none after the last. */
  async readFolder(handle: Buffer): Promise<FileEntry[]> {
    const { path, unread } = this.#handles.get(handle, 'folder')
    const entries: FileEntry[] = []
    for (const name of unread.splice(0, namesPerAnswer)) {
      const stat = await lstat(this.#disk.locate(posix.join(path, name))).catch(() => undefined)
      if (stat) entries.push(fileEntry(name, stat, this.#identity.name))
    }
    return entries.length > 0 || unread.length === 0 ? entries : this.readFolder(handle)
  }

  async remove(path: string): Promise<void> {
    await unlink(this.#disk.locateMovable(this.realPath(path)))
  }

  async makeFolder(path: string, { mode = 0o755 }: Partial<Attributes>): Promise<void> {
    await mkdir(this.#locate(path), { mode: permissionsOnDisk(mode, 'folder') })
  }

  async removeFolder(path: string): Promise<void> {
    await rmdir(this.#disk.locateMovable(this.realPath(path)))
  }

  /** As the protocol's version 3 has it, nothing is replaced. */
  async rename(from: string, to: string): Promise<void> {
    const target = this.#disk.locateMovable(this.realPath(to))
    const taken = await lstat(target).catch(() => undefined)
    if (taken) throw new DiskError('EEXIST')
    await rename(this.#disk.locateMovable(this.realPath(from)), target)
  }

  async #setFolder(path: string, { mode, atime, mtime }: Partial<Attributes>): Promise<void> {
    const place = this.#disk.locate(path)
    if (mode !== undefined) await chmod(place, permissionsOnDisk(mode, 'folder'))
    if (atime !== undefined && mtime !== undefined) await utimes(place, atime, mtime)
  }

  #locate(path: string): string {
    return this.#disk.locate(this.realPath(path))
  }
}

async function setFile(file: FileHandle, { mode, size, atime, mtime }: Partial<Attributes>): Promise<void> {
  if (size !== undefined) await file.truncate(size)
  if (mode !== undefined) await file.chmod(permissionsOnDisk(mode, 'file'))
  if (atime !== undefined && mtime !== undefined) await file.utimes(atime, mtime)
}

function openFlags(wanted: number): number {
  const reads = (wanted & OPEN_MODE.READ) !== 0
  const writes = (wanted & (OPEN_MODE.WRITE | OPEN_MODE.APPEND)) !== 0
  const access = writes ? (reads ? constants.O_RDWR : constants.O_WRONLY) : constants.O_RDONLY
  const more: readonly (readonly [number, number])[] = [
    [OPEN_MODE.APPEND, constants.O_APPEND],
    [OPEN_MODE.CREAT, constants.O_CREAT],
    [OPEN_MODE.TRUNC, constants.O_TRUNC],
    [OPEN_MODE.EXCL, constants.O_EXCL],
  ]
  return more.reduce((flags, [asked, flag]) => ((wanted & asked) === 0 ? flags : flags | flag), access)
}
