import { createInterface } from 'node:readline/promises'

import { PackageError } from '@package/core/errors'

import { printable } from '../../views/printable.ts'

/**
 * Asks on the terminal. Throws PackageError (usage) where there is none: a script must say --yes, and never hang.
 */
export async function confirm(question: string): Promise<boolean> {
  if (!process.stdin.isTTY || !process.stderr.isTTY) {
    throw new PackageError('usage', 'NOT_CONFIRMED', `${question} Nobody can answer here`, {
      hint: 'add --yes',
    })
  }
  const terminal = createInterface({ input: process.stdin, output: process.stderr })
  try {
    return /^y(es)?$/i.test((await terminal.question(`${printable(question)} [y/N] `)).trim())
  } catch (error) {
    // Ctrl-C or Ctrl-D in place of an answer.
    if ((error as Error).name === 'AbortError') return false
    throw error
  } finally {
    terminal.close()
  }
}
