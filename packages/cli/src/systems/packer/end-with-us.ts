import { spawn } from 'node:child_process'

/** Ends, as of kill -9, the process group whose number is `$0` when its input ends without a line. */
const watch = 'read -r _ || kill -s KILL -- "-$0"'

/**
 * Lets a process group not outlive this process, however that ends: Packer, of which nobody reads what it says, would go on for
 * minutes, and make things after the next run has looked for what is left. Gives what ends the watch.
 */
export function endWithUs(groupId: number): () => void {
  const watcher = spawn('/bin/sh', ['-c', watch, String(groupId)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  const ignore = () => undefined
  watcher.once('error', ignore)
  watcher.stdin.once('error', ignore)
  return () => void watcher.stdin.end('\n')
}
