import { chmod, mkdir, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

import type { Machine } from '../../hosts.ts'
import { copyDisk } from '../disk/copy-disk.ts'
import { Disk } from '../disk/disk.ts'
import { hostName } from '../login.ts'
import { consoleText } from './console-text.ts'
import { newHostKey } from './host-key.ts'
import { writeSystemFiles } from './system-files.ts'
import { runUserData } from './user-data.ts'
import { writeFlushed } from './write-flushed.ts'

/** What a machine's folder holds. Only `disk` is the machine's to see. */
export const machineFolder = { disk: 'disk', hostKey: 'host-key', console: 'console.log' }

/**
 * Boots a machine for the first time into the empty folder: from the image's disk when that folder exists, otherwise
 * from a bare one.
 */
export async function bootInto(
  folder: string,
  machine: Machine,
  imageDisk: string,
  signal: AbortSignal,
): Promise<void> {
  const root = join(folder, machineFolder.disk)
  if (await exists(imageDisk)) await copyDisk(imageDisk, root)
  else await mkdir(root)
  await chmod(root, 0o755)
  const disk = new Disk(root)
  await writeSystemFiles(disk, machine)
  const { privateKey, publicKey } = await newHostKey(hostName(machine))
  await writeFlushed(join(folder, machineFolder.hostKey), privateKey, 0o600)
  const output = await runUserData(disk, machine, signal)
  await writeFile(disk.locate('/var/lib/cloud/instance/boot-finished'), '')
  const text = consoleText(machine, publicKey, output, new Date())
  await writeFlushed(join(folder, machineFolder.console), text)
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  )
}
