import { AsyncResource } from 'node:async_hooks'
import { existsSync, lstatSync } from 'node:fs'
import { join, posix } from 'node:path'

import { unsafeBytesFromLatin1, type ByteString, type FileContent, type FsStat } from 'just-bash'

import { DiskFiles } from '../disk/disk-files.ts'
import { permissionsOnDisk } from '../disk/permissions.ts'
import type { Device } from './device.ts'
import type { Devices } from './devices.ts'

/** Where a command's name is looked for, in this order. */
export const searchedFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
const programFolders = new Set(['/bin', '/usr/bin'])

/** Larger files are moved by scp and sftp, which need not hold them whole. */
const largestRead = 256 * 1024 * 1024

/** In milliseconds, until others get their turn. */
const longestRun = 20

type ReadOptions = Parameters<DiskFiles['readFile']>[1]
type WriteOptions = Parameters<DiskFiles['writeFile']>[2]

/**
 * A machine's files as its commands see them: those on its disk, its devices, and the programs that the shell brings,
 * which are on no disk. Links are refused by just-bash's own file system, and nothing outside of the root is reached.
 */
export class MachineFiles extends DiskFiles {
  readonly #root: string
  readonly #devices: Devices
  readonly #programs: ReadonlySet<string>
  /** just-bash lets no timer be set while a script runs; this one is set outside of it. */
  readonly #pause = AsyncResource.bind(async () => new Promise<void>((resolve) => void setImmediate(resolve)))
  #lastPause = Date.now()

  constructor(root: string, devices: Devices, programs: ReadonlySet<string>) {
    super({ root, maxFileReadSize: largestRead })
    this.#root = root
    this.#devices = devices
    this.#programs = programs
  }

  /** The file on the disk that a command's name stands for; undefined for a program that the shell brings, and for no command. */
  commandNamed(name: string): string | undefined {
    for (const folder of searchedFolders) {
      if (programFolders.has(folder) && this.#programs.has(name)) return undefined
      const path = posix.join(folder, name)
      const stat = lstatSync(join(this.#root, path), { throwIfNoEntry: false })
      if (stat?.isFile() === true && (stat.mode & 0o111) !== 0) return path
    }
    return undefined
  }

  override async readFile(path: string, options?: ReadOptions): Promise<string> {
    const device = this.#devices.at(path)
    if (!device) return super.readFile(path, options)
    return device.read().toString(encodingOf(options))
  }

  override async readFileBytes(path: string): Promise<ByteString> {
    const device = this.#devices.at(path)
    if (!device) return super.readFileBytes(path)
    return unsafeBytesFromLatin1(device.read().toString('latin1'))
  }

  override async readFileBuffer(path: string): Promise<Uint8Array> {
    return this.#devices.at(path)?.read() ?? super.readFileBuffer(path)
  }

  override async writeFile(path: string, content: FileContent, options?: WriteOptions): Promise<void> {
    const device = this.#devices.at(path)
    return device ? write(device, content, options) : super.writeFile(path, content, options)
  }

  override async appendFile(path: string, content: FileContent, options?: WriteOptions): Promise<void> {
    const device = this.#devices.at(path)
    return device ? write(device, content, options) : super.appendFile(path, content, options)
  }

  override async exists(path: string): Promise<boolean> {
    await this.#giveWay()
    // A command's name is looked for in each folder of PATH: the answer must be quick where nothing is.
    if (!existsSync(join(this.#root, posix.resolve('/', path)))) return this.#isVirtual(path)
    return super.exists(path)
  }

  override async stat(path: string): Promise<FsStat> {
    await this.#giveWay()
    return this.#virtualStat(path) ?? super.stat(path)
  }

  override async lstat(path: string): Promise<FsStat> {
    return this.#virtualStat(path) ?? super.lstat(path)
  }

  override async chmod(path: string, mode: number): Promise<void> {
    if (this.#isVirtual(path)) return
    const { isDirectory } = await super.lstat(path)
    await super.chmod(path, permissionsOnDisk(mode, isDirectory ? 'folder' : 'file'))
  }

  /** A script runs without a break otherwise, and nothing could end it. */
  async #giveWay(): Promise<void> {
    if (Date.now() - this.#lastPause < longestRun) return
    await this.#pause()
    this.#lastPause = Date.now()
  }

  #isVirtual(path: string): boolean {
    return this.#virtualStat(path) !== undefined
  }

  #virtualStat(path: string): FsStat | undefined {
    if (this.#devices.isFolder(path)) return { ...virtualFile(0o755), isFile: false, isDirectory: true }
    if (this.#devices.at(path)) return virtualFile(0o666)
    const isProgram = programFolders.has(posix.dirname(path)) && this.#programs.has(posix.basename(path))
    return isProgram ? virtualFile(0o755) : undefined
  }
}

async function write(device: Device, content: FileContent, options: WriteOptions): Promise<void> {
  const data = typeof content === 'string' ? Buffer.from(content, encodingOf(options)) : Buffer.from(content)
  if (data.length > 0) await device.write(data)
}

function encodingOf(options: ReadOptions | WriteOptions): BufferEncoding {
  return (typeof options === 'string' ? options : options?.encoding) ?? 'utf8'
}

function virtualFile(mode: number): FsStat {
  return { isFile: true, isDirectory: false, isSymbolicLink: false, mode, size: 0, mtime: new Date(0) }
}
