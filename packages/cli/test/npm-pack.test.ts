import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

import { expect, test } from 'vitest'

import { fixture, Project } from './project.ts'
import { checkout } from './tools.ts'

test('the npm tarball installs and runs outside the checkout, with nothing else to install', () => {
  const project = new Project({ 'fleet/nodes.json': fixture('seed/nodes.json') })
  const npm = (...words: string[]) => {
    const { status, stdout, stderr } = spawnSync('npm', words, { cwd: project.folder, encoding: 'utf8' })
    expect({ status, stderr: status === 0 ? '' : stderr }).toEqual({ status: 0, stderr: '' })
    return stdout
  }
  npm('pack', '--pack-destination', project.folder, join(checkout, 'packages/cli'))
  npm(
    'install',
    '--offline',
    '--no-audit',
    '--no-fund',
    '--prefix',
    project.path('installed'),
    './package-cli-0.1.0.tgz',
  )
  const installed = (...words: string[]) =>
    spawnSync(project.path('installed/node_modules/.bin/package'), words, {
      cwd: project.path('fleet'),
      encoding: 'utf8',
    })
  expect(installed('--version').stdout).toBe('0.1.0\n')
  expect(installed('packer:create', '12_04-bee').stdout).toBe(
    'created    roles/12_04-bee.json\ncreated    packer/12_04-bee.json\n',
  )
  expect(installed('role:create', '--help').stdout).toContain('Examples:')
  expect(installed('project:init', '--dry-run').stdout).toContain('+++ b/nodes.schema.json')
  const files = project.files().filter((path) => path.startsWith('installed/node_modules/@package/cli/'))
  expect(files.map((path) => path.slice('installed/node_modules/@package/cli/'.length))).toEqual(
    expect.arrayContaining([
      'LICENSE',
      'README.md',
      'dist/THIRD-PARTY-NOTICES.txt',
      'dist/package.cjs',
      'nodes.schema.json',
    ]),
  )
  expect(files.some((path) => /test|\.ts$|tsconfig/.test(path))).toBe(false)
})
