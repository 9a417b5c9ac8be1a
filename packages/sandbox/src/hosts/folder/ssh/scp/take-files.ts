import { constants } from 'node:fs'
import { chmod, mkdir, utimes, type FileHandle } from 'node:fs/promises'
import { posix } from 'node:path'

import type { Disk } from '../../disk/disk.ts'
import { DiskError } from '../../disk/disk-error.ts'
import { permissionsOnDisk } from '../../disk/permissions.ts'
import type { ChannelInput } from '../channel-input.ts'
import type { ChannelOutput } from '../channel-output.ts'
import type { ScpCommand } from './scp-command.ts'
import { scpComplaint, scpError } from './scp-error.ts'

const longestLine = 8192
const pieceSize = 65_536
const newFile = constants.O_WRONLY | constants.O_CREAT | constants.O_TRUNC
const ok = '\0'

interface Times {
  accessed: number
  modified: number
}

interface Entry {
  kind: 'C' | 'D'
  mode: number
  size: number
  name: string
}

/** The receiving end of the protocol of rcp(1), which `scp -O` and Packer speak: `scp -t`. Gives its exit code. */
export async function takeFiles(
  disk: Disk,
  command: ScpCommand,
  input: ChannelInput,
  output: ChannelOutput,
): Promise<number> {
  const [target = '/'] = command.paths
  if (command.wantsFolder && !(await disk.isFolder(target))) {
    await output.write('stdout', scpError(target, new DiskError('ENOTDIR')))
    return 1
  }
  return new Taking(disk, command, input, output).run(target)
}

class Taking {
  readonly #disk: Disk
  readonly #command: ScpCommand
  readonly #input: ChannelInput
  readonly #output: ChannelOutput
  #exitCode = 0

  constructor(disk: Disk, command: ScpCommand, input: ChannelInput, output: ChannelOutput) {
    this.#disk = disk
    this.#command = command
    this.#input = input
    this.#output = output
  }

  async run(target: string): Promise<number> {
    await this.#folder(target)
    return this.#exitCode
  }

  /** Takes what belongs below `target`, up to the line that ends it. */
  async #folder(target: string): Promise<void> {
    await this.#say(ok)
    let times: Times | undefined
    for (;;) {
      const line = await this.#input.readLine(longestLine)
      if (line === undefined) return
      if (line === 'E') return
      if (line.startsWith('\x01') || line.startsWith('\x02')) this.#exitCode = 1
      else if (line.startsWith('T')) times = await this.#times(line)
      else if (!(await this.#entry(line, target, times))) return
      else times = undefined
    }
  }

  /** False when the line is none of the protocol: then nothing that follows can be understood. */
  async #entry(line: string, target: string, times: Times | undefined): Promise<boolean> {
    const entry = parseEntry(line)
    if (!entry || (entry.kind === 'D' && !this.#command.isRecursive)) {
      await this.#complain(
        scpComplaint(entry ? 'received a folder without -r' : 'unexpected filename or protocol line'),
      )
      return false
    }
    const path = (await this.#disk.isFolder(target)) ? posix.join(target, entry.name) : target
    const kept = this.#command.keepsTimes ? times : undefined
    if (entry.kind === 'D') await this.#newFolder(path, entry, kept)
    else await this.#newFile(path, entry, kept)
    return true
  }

  async #newFolder(path: string, { mode }: Entry, times: Times | undefined): Promise<void> {
    try {
      await mkdir(this.#disk.locate(path), { recursive: true, mode: permissionsOnDisk(mode, 'folder') })
    } catch (error) {
      return this.#complain(scpError(path, error))
    }
    await this.#folder(path)
    if (times) await utimes(this.#disk.locate(path), times.accessed, times.modified)
    await this.#say(ok)
  }

  async #newFile(path: string, { mode, size }: Entry, times: Times | undefined): Promise<void> {
    let file: FileHandle
    try {
      file = await this.#disk.open(path, newFile, mode)
    } catch (error) {
      return this.#complain(scpError(path, error))
    }
    await this.#say(ok)
    const failure = await this.#content(file, size).catch((error: unknown) => error)
    await file.close()
    await this.#input.read(1)
    if (failure) return this.#complain(scpError(path, failure))
    if (this.#command.keepsTimes) await chmod(this.#disk.locate(path), permissionsOnDisk(mode, 'file'))
    if (times) await utimes(this.#disk.locate(path), times.accessed, times.modified)
    await this.#say(ok)
  }

  /** All of it is read even when it cannot be written: the next line comes after it. Gives the failure, if any. */
  async #content(file: FileHandle, size: number): Promise<unknown> {
    let failure: unknown
    for (let left = size; left > 0;) {
      const piece = await this.#input.read(Math.min(left, pieceSize))
      if (piece.length === 0) return new DiskError('EIO')
      left -= piece.length
      failure ??= await file.writeFile(piece).catch((error: unknown) => error)
    }
    return failure
  }

  async #times(line: string): Promise<Times | undefined> {
    const [, modified, accessed] = /^T(\d+) \d+ (\d+) \d+$/.exec(line) ?? []
    await this.#say(ok)
    return modified === undefined ? undefined : { modified: Number(modified), accessed: Number(accessed) }
  }

  async #complain(line: string): Promise<void> {
    this.#exitCode = 1
    await this.#say(line)
  }

  async #say(text: string): Promise<void> {
    await this.#output.write('stdout', text)
  }
}

/** `C0644 12 name` or `D0755 0 name`; undefined for anything else, above all for a name that is a path. */
function parseEntry(line: string): Entry | undefined {
  const [, kind, mode = '', size, name = ''] = /^([CD])([0-7]{4}) (\d+) (.+)$/.exec(line) ?? []
  if (kind === undefined || name === '.' || name === '..' || /[/\0]/.test(name)) return undefined
  return { kind: kind === 'D' ? 'D' : 'C', mode: Number.parseInt(mode, 8), size: Number(size), name }
}
