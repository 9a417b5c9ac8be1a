import type { FileHandle } from 'node:fs/promises'

import { DiskError } from '../../disk/disk-error.ts'

/** Of one connection; more are a client that forgets to close them. */
const most = 1024

export type Opened =
  { kind: 'file'; file: FileHandle; path: string } | { kind: 'folder'; path: string; unread: string[] }

/** What an SFTP session has open, by the handles that its client was given. */
export class OpenHandles {
  readonly #opened = new Map<number, Opened>()
  #last = 0

  add(opened: Opened): Buffer {
    if (this.#opened.size >= most) throw new DiskError('EMFILE')
    this.#last += 1
    this.#opened.set(this.#last, opened)
    const handle = Buffer.alloc(4)
    handle.writeUInt32BE(this.#last)
    return handle
  }

  /** Throws DiskError when there is no such handle of that kind. */
  get<Kind extends Opened['kind']>(handle: Buffer, kind: Kind): Extract<Opened, { kind: Kind }> {
    const opened = this.#opened.get(numberOf(handle))
    if (opened?.kind !== kind) throw new DiskError('EBADF')
    return opened as Extract<Opened, { kind: Kind }>
  }

  async close(handle: Buffer): Promise<void> {
    const opened = this.#opened.get(numberOf(handle))
    if (!opened) throw new DiskError('EBADF')
    this.#opened.delete(numberOf(handle))
    if (opened.kind === 'file') await opened.file.close()
  }

  async closeAll(): Promise<void> {
    const all = [...this.#opened.values()]
    this.#opened.clear()
    await Promise.allSettled(all.map(async (opened) => opened.kind === 'file' && opened.file.close()))
  }
}

function numberOf(handle: Buffer): number {
  return handle.length === 4 ? handle.readUInt32BE() : -1
}
