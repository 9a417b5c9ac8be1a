import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

import { CuttingProxy, type Cut, type Position } from './cutting-proxy.ts'
import { cli, type Run } from './project.ts'

export interface KilledRun extends Run {
  wasKilled: boolean
  positions: Position[]
}

/** What makes an endpoint the AWS of a run, as for any other program. */
export function awsAt(endpoint: string): Record<string, string> {
  return {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_CONFIG_FILE: '/dev/null',
    AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
    AWS_EC2_METADATA_DISABLED: 'true',
    PACKAGE_SANDBOX: '',
  }
}

/** Runs the built command in the folder, and ends it with SIGKILL at that call to the AWS at `url`. */
export async function runUntil(
  cut: Cut | undefined,
  { folder, url, words }: { folder: string; url: string; words: readonly string[] },
): Promise<KilledRun> {
  const proxy = new CuttingProxy(url, cut)
  const endpoint = await proxy.listen()
  const child = spawn(process.execPath, [cli, ...words], {
    cwd: folder,
    env: { ...process.env, ...awsAt(endpoint), PACKAGE_POLL_INTERVAL: '0.15' },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  proxy.onCut(() => child.kill('SIGKILL'))
  const closed = once(child, 'close')
  const [out, err] = await Promise.all([text(child.stdout), text(child.stderr)])
  await closed
  await proxy.close()
  return {
    exit: child.exitCode,
    out,
    err,
    wasKilled: child.signalCode === 'SIGKILL',
    positions: proxy.positions,
  }
}

/** Cuts before and after calls of a rehearsal, so many, spread over all of it; of the looks between two changes the first counts. */
export function cutsOver(positions: readonly Position[], count: number): Cut[] {
  const cuts = positions
    .filter(({ look }) => look <= 1)
    .flatMap((position) => [
      { ...position, when: 'before' as const },
      { ...position, when: 'after' as const },
    ])
  const step = cuts.length / count
  return Array.from({ length: count }, (_, index) => cuts[Math.floor(index * step)]).flatMap(
    (cut) => cut ?? [],
  )
}
