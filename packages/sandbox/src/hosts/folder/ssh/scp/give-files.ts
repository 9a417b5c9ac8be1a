import { constants, type Stats } from 'node:fs'
import { lstat, readdir, type FileHandle } from 'node:fs/promises'
import { posix } from 'node:path'

import type { Disk } from '../../disk/disk.ts'
import type { ChannelInput } from '../channel-input.ts'
import type { ChannelOutput } from '../channel-output.ts'
import type { ScpCommand } from './scp-command.ts'
import { scpComplaint, scpError } from './scp-error.ts'

const longestLine = 8192
const pieceSize = 65_536

/** The sending end of the protocol of rcp(1), which `scp -O` speaks: `scp -f`. Gives its exit code. */
export async function giveFiles(
  disk: Disk,
  command: ScpCommand,
  input: ChannelInput,
  output: ChannelOutput,
): Promise<number> {
  const giving = new Giving(disk, command, input, output)
  return giving.run()
}

class Giving {
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

  async run(): Promise<number> {
    if (!(await this.#isAccepted())) return 1
    for (const path of this.#command.paths) await this.#entry(path)
    return this.#exitCode
  }

  async #entry(path: string): Promise<void> {
    try {
      const stat = await lstat(this.#disk.locate(path))
      if (stat.isFile()) await this.#file(path, stat)
      else if (!stat.isDirectory() || !this.#command.isRecursive) {
        await this.#complain(scpComplaint(`${path}: not a regular file`))
      } else await this.#folder(path, stat)
    } catch (error) {
      await this.#complain(scpError(path, error))
    }
  }

  async #file(path: string, stat: Stats): Promise<void> {
    const file = await this.#disk.open(path, constants.O_RDONLY)
    try {
      const head = `C${octal(stat)} ${stat.size} ${posix.basename(path)}\n`
      if (!(await this.#sendTimes(stat)) || !(await this.#say(head))) return
      await this.#content(file, stat.size)
      await this.#say('\0')
    } finally {
      await file.close()
    }
  }

  /** Exactly as many bytes as were announced, whatever happens to the file meanwhile. */
  async #content(file: FileHandle, size: number): Promise<void> {
    for (let sent = 0; sent < size;) {
      const piece = Buffer.alloc(Math.min(pieceSize, size - sent))
      const { bytesRead } = await file.read(piece, 0, piece.length, sent)
      await this.#output.write('stdout', piece)
      if (bytesRead < piece.length) this.#exitCode = 1
      sent += piece.length
    }
  }

  async #folder(path: string, stat: Stats): Promise<void> {
    const names = (await readdir(this.#disk.locate(path))).toSorted()
    if (!(await this.#sendTimes(stat))) return
    if (!(await this.#say(`D${octal(stat)} 0 ${posix.basename(path)}\n`))) return
    for (const name of names) await this.#entry(posix.join(path, name))
    await this.#say('E\n')
  }

  async #sendTimes({ mtimeMs, atimeMs }: Stats): Promise<boolean> {
    if (!this.#command.keepsTimes) return true
    return this.#say(`T${Math.floor(mtimeMs / 1000)} 0 ${Math.floor(atimeMs / 1000)} 0\n`)
  }

  async #complain(line: string): Promise<void> {
    this.#exitCode = 1
    await this.#output.write('stdout', line)
  }

  /** Says it, and tells whether the other end took it. */
  async #say(text: string): Promise<boolean> {
    await this.#output.write('stdout', text)
    return this.#isAccepted()
  }

  async #isAccepted(): Promise<boolean> {
    const [answer] = await this.#input.read(1)
    if (answer === 0) return true
    this.#exitCode = 1
    if (answer !== undefined) await this.#input.readLine(longestLine)
    return false
  }
}

function octal({ mode }: Stats): string {
  return (mode & 0o777).toString(8).padStart(4, '0')
}
