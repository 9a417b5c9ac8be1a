import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, onTestFinished, test } from 'vitest'

import { keepFiles } from './keep-file.ts'

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'package-keep-'))
  onTestFinished(() => rmSync(path, { recursive: true, force: true }))
  return path
}

test('the last text is there once it is said to be, and no draft of it', async () => {
  const root = folder()
  const keep = keepFiles(root)
  const first = keep('runs/one.json', '1')
  const later = [2, 3, 4].map(async (number) => keep('runs/one.json', String(number)))
  const other = keep('runs/two.json', 'two')
  await first
  expect(readFileSync(join(root, 'runs/one.json'), 'utf8')).toMatch(/^[1-4]$/)
  await Promise.all([...later, other])
  expect(readFileSync(join(root, 'runs/one.json'), 'utf8')).toBe('4')
  await keep('runs/one.json', '5')
  expect(readFileSync(join(root, 'runs/one.json'), 'utf8')).toBe('5')
  expect(readdirSync(join(root, 'runs')).sort()).toEqual(['one.json', 'two.json'])
})

test('a disk that refuses is told of to each who waits, and the next text is tried again', async () => {
  const root = folder()
  const keep = keepFiles(root)
  writeFileSync(join(root, 'runs'), '')
  const waits = await Promise.allSettled([keep('runs/one', '1'), keep('runs/one', '2')])
  for (const wait of waits) {
    expect(wait).toMatchObject({ status: 'rejected', reason: { kind: 'system', code: 'FILE_SYSTEM' } })
  }
  rmSync(join(root, 'runs'))
  await keep('runs/one', '3')
  expect(readFileSync(join(root, 'runs/one'), 'utf8')).toBe('3')
})
