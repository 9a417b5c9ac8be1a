import { open } from 'node:fs/promises'

/** Writes a file that is on the disk, not only on its way there, when this is done. */
export async function writeFlushed(path: string, text: string, mode = 0o644): Promise<void> {
  const handle = await open(path, 'w', mode)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}
