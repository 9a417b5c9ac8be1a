import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { Captured, Machine } from '../hosts.ts'
import { bootInto, machineFolder } from './boot/boot.ts'
import { convergeFails } from './boot/first-converge.ts'
import { copyDisk } from './disk/copy-disk.ts'
import { Disk } from './disk/disk.ts'
import { UnfinishedWork } from './disk/unfinished-work.ts'

const idPattern = /^[a-z]+-[0-9a-zA-Z]+$/

/** The folders of all machines and captured images of a sandbox. */
export class MachineFolders {
  readonly #folder: string
  readonly #work: UnfinishedWork
  readonly #boots = new Map<string, Promise<void>>()
  readonly #closing = new AbortController()

  constructor(folder: string) {
    this.#folder = folder
    this.#work = new UnfinishedWork(join(folder, '.unfinished'))
  }

  /** The disk of a machine that has booted. */
  disk(machine: Machine): Disk {
    return new Disk(join(this.#machineFolder(machine.instanceId), machineFolder.disk))
  }

  async hostKey(machine: Machine): Promise<string> {
    return readFile(join(this.#machineFolder(machine.instanceId), machineFolder.hostKey), 'utf8')
  }

  async console(machine: Machine): Promise<string> {
    return readFile(join(this.#machineFolder(machine.instanceId), machineFolder.console), 'utf8')
  }

  /** Boots the machine when no boot of it was completed yet. */
  async boot(machine: Machine): Promise<void> {
    const { instanceId } = machine
    const running = this.#boots.get(instanceId)
    if (running) return running
    const boot = this.#bootUnlessDone(machine).finally(() => this.#boots.delete(instanceId))
    this.#boots.set(instanceId, boot)
    return boot
  }

  /** Copies the machine's disk to be the image's; an image that is there stays as it is. */
  async capture(machine: Machine, imageId: string): Promise<Captured> {
    await this.boot(machine)
    const target = this.#imageFolder(imageId)
    if (!(await exists(target))) {
      await this.#work.make(target, (folder) =>
        copyDisk(this.disk(machine).root, join(folder, machineFolder.disk)),
      )
    }
    const imageDisk = join(target, machineFolder.disk)
    const fails = await this.#work.aside((folder) =>
      convergeFails(imageDisk, folder, machine, this.#closing.signal),
    )
    return { convergeFails: fails }
  }

  async remove(id: string): Promise<void> {
    await this.#boots.get(id)?.catch(() => undefined)
    await this.#work.remove(this.#machineFolder(id))
    await this.#work.remove(this.#imageFolder(id))
  }

  /** Ends the boots that are under way; they start over when the sandbox is opened again. */
  async close(): Promise<void> {
    this.#closing.abort()
    await Promise.allSettled(this.#boots.values())
  }

  async #bootUnlessDone(machine: Machine): Promise<void> {
    const target = this.#machineFolder(machine.instanceId)
    if (await exists(target)) return
    const imageDisk = join(this.#imageFolder(machine.imageId), machineFolder.disk)
    await this.#work.make(target, (folder) => bootInto(folder, machine, imageDisk, this.#closing.signal))
  }

  #machineFolder(instanceId: string): string {
    return join(this.#folder, checkedId(instanceId))
  }

  #imageFolder(imageId: string): string {
    return join(this.#folder, 'images', checkedId(imageId))
  }
}

function checkedId(id: string): string {
  if (!idPattern.test(id)) throw new Error(`not the id of an instance or image: ${id}`)
  return id
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
