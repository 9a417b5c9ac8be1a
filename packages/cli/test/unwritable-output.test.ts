import { spawnSync } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { cli, seedProject } from './project.ts'

describe('output that cannot be written', () => {
  const intoFull = (...words: string[]) => {
    const full = openSync('/dev/full', 'w')
    const { folder } = seedProject()
    return spawnSync(process.execPath, [cli, ...words], {
      cwd: folder,
      encoding: 'utf8',
      stdio: ['ignore', full, 'pipe'],
    })
  }

  test.runIf(existsSync('/dev/full'))('is a failure of the system, without a stack trace', () => {
    const { status, stderr } = intoFull('nodes:list')
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: 'error OUTPUT: the output cannot be written (ENOSPC)\n',
    })
    expect(intoFull('nodes:list', '--output', 'json')).toMatchObject({ status: 1, stderr: '' })
  })

  test('is no failure where the reader has seen enough', () => {
    const { folder } = seedProject()
    const { stdout, stderr, status } = spawnSync(
      'bash',
      ['-c', `set -o pipefail; '${process.execPath}' '${cli}' --help | head -n 1`],
      {
        cwd: folder,
        encoding: 'utf8',
      },
    )
    expect({ stdout, stderr, status }).toEqual({
      stdout: 'package <namespace>:<action> [group...] [options]\n',
      stderr: '',
      status: 0,
    })
  })
})
