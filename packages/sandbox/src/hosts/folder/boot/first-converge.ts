import { stat } from 'node:fs/promises'
import { join } from 'node:path'

import type { Machine } from '../../hosts.ts'
import { copyDisk } from '../disk/copy-disk.ts'
import { Disk } from '../disk/disk.ts'
import { rootIdentity } from '../login.ts'

const root = '/opt/package'

/**
 * Whether chef-solo fails on what package left in an image: what its nodes will meet at their first boot. It is found out once,
 * when the image is captured, on a copy in the folder `scratch`, and kept with the image: what a group's instances do must follow
 * from the account alone, and no disk exists yet when they are launched. (The DNA that user data brings is not looked at.)
 */
export async function convergeFails(
  imageDisk: string,
  scratch: string,
  machine: Machine,
  signal: AbortSignal,
): Promise<boolean> {
  if (!(await stat(join(imageDisk, root, 'dna.json')).catch(() => undefined))) return false
  const copy = join(scratch, 'disk')
  await copyDisk(imageDisk, copy)
  const { runScript } = await import('../shell/run-script.ts')
  const { exitCode } = await runScript(new Disk(copy), machine, {
    script: `chef-solo --config ${root}/solo.rb --json-attributes ${root}/dna.json`,
    identity: rootIdentity,
    env: {},
    cwd: '/',
    stdin: Buffer.alloc(0),
    signal,
    write: () => Promise.resolve(),
  })
  signal.throwIfAborted()
  return exitCode !== 0
}
