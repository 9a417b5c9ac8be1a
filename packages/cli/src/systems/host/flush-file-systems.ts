import { spawnSync } from 'node:child_process'

/**
 * Flushes the whole file systems that hold the folders; false where this machine cannot. `sync -f` is of GNU and
 * BusyBox; macOS has none.
 */
export function flushFileSystems(folders: readonly string[]): boolean {
  return spawnSync('sync', ['-f', ...folders], { stdio: 'ignore' }).status === 0
}
