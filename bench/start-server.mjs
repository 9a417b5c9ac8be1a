// Servers that end when the benchmark does, killed or not: a signal's handler would wait for the command that is being measured, and
// nothing hears SIGKILL. So a shell watches its standard input, which the system closes.
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const cli = join(import.meta.dirname, '../packages/cli/dist/package.cjs')

/** For a shell that has started $servers: they end with its own standard input, which is its 3. */
export const endWithStarter = '{ cat <&3; kill $servers; } > /dev/null 2>&1 & wait $servers 2> /dev/null'

/** Starts a server. Gives the shell that watches it, and what ends both. */
export function startServer(command, { folder, stdout = 'ignore', stderr = 'inherit' }) {
  const script = `exec 3<&0; "$@" & servers=$!; ${endWithStarter}`
  const shell = spawn('sh', ['-c', script, 'sh', ...command], {
    cwd: folder,
    stdio: ['pipe', stdout, stderr],
  })
  return { shell, stop: () => shell.stdin.end() }
}

/** Serves the sandbox of the project in the folder, and gives where. */
export async function serveSandbox(folder, ...words) {
  const command = [process.execPath, cli, 'sandbox:serve', '--port', '0', ...words, '--output', 'json']
  const { shell, stop } = startServer(command, { folder, stdout: 'pipe' })
  for await (const text of createInterface({ input: shell.stdout })) {
    const { code, data } = JSON.parse(text)
    if (code === 'SERVING') return { url: data.url, stop }
  }
  stop()
  throw new Error('sandbox:serve ended')
}
