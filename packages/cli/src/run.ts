import { writeSync } from 'node:fs'

import { exitCodeOf } from '@package/core/errors'

import { main } from './main.ts'

void run()

async function run(): Promise<void> {
  // Node ends a process that waits for what never comes, and calls that success.
  process.exitCode = exitCodeOf.bug
  process.once('exit', sayUnfinished)
  process.exitCode = await main(process.argv.slice(2))
  process.off('exit', sayUnfinished)
}

function sayUnfinished(): void {
  writeSync(2, 'error BUG: the command ended before its work was done; this is a bug of package: report it\n')
}
