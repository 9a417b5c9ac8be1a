import { AsyncResource } from 'node:async_hooks'

import { ReadWriteFs } from 'just-bash'

type Arguments<
  Change extends 'writeFile' | 'appendFile' | 'mkdir' | 'rm' | 'cp' | 'mv' | 'chmod' | 'utimes',
> = Parameters<ReadWriteFs[Change]>

/**
 * The files of a disk, whichever scripts change them at the same time. just-bash lets the changes below a folder wait for one another,
 * and makes each a part of the script that made the change before it; but it cuts off all that is part of a script which has ended.
 * So a change that waited never ended, and none after it began. Here a change is part of no script: of what was at work when this was made.
 */
export class DiskFiles extends ReadWriteFs {
  readonly #apart = AsyncResource.bind(async (change: () => Promise<void>) => change())

  override async writeFile(...args: Arguments<'writeFile'>): Promise<void> {
    return this.#apart(() => super.writeFile(...args))
  }

  override async appendFile(...args: Arguments<'appendFile'>): Promise<void> {
    return this.#apart(() => super.appendFile(...args))
  }

  override async mkdir(...args: Arguments<'mkdir'>): Promise<void> {
    return this.#apart(() => super.mkdir(...args))
  }

  override async rm(...args: Arguments<'rm'>): Promise<void> {
    return this.#apart(() => super.rm(...args))
  }

  override async cp(...args: Arguments<'cp'>): Promise<void> {
    return this.#apart(() => super.cp(...args))
  }

  override async mv(...args: Arguments<'mv'>): Promise<void> {
    return this.#apart(() => super.mv(...args))
  }

  override async chmod(...args: Arguments<'chmod'>): Promise<void> {
    return this.#apart(() => super.chmod(...args))
  }

  override async symlink(target: string, path: string): Promise<void> {
    return this.#apart(() => super.symlink(target, path))
  }

  override async link(existing: string, path: string): Promise<void> {
    return this.#apart(() => super.link(existing, path))
  }

  override async utimes(...args: Arguments<'utimes'>): Promise<void> {
    return this.#apart(() => super.utimes(...args))
  }
}
