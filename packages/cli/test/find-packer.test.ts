import { chmodSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { findPacker } from '../src/systems/packer/find-packer.ts'
import { failureOf } from './failure-of.ts'
import { Project } from './project.ts'

describe('finding Packer', () => {
  function programNamed(text: string): NodeJS.ProcessEnv {
    const project = new Project({ 'bin/packer': `#!/bin/sh\n${text}\n` })
    chmodSync(project.path('bin/packer'), 0o755)
    return { PATH: `${project.path('bin')}:/usr/bin:/bin` }
  }

  test.each([
    ['there is none', 'PACKER_MISSING', undefined],
    ["only cracklib's is there", 'PACKER_MISSING', 'cat; echo 0 0'],
    ['it is too old', 'PACKER_OLD', 'echo Packer v1.5.6'],
    ['it has no Amazon plugin', 'PACKER_PLUGIN_MISSING', '[ "$1" = plugins ] || echo Packer v1.11.2'],
  ])('where %s', async (_case, code, text) => {
    const environment = text === undefined ? { PATH: join(import.meta.dirname) } : programNamed(text)
    const error = await failureOf(findPacker(environment, undefined))
    expect(error).toMatchObject({ kind: 'config', code })
    expect(error.hint).toMatch(/^(sudo apt-get install packer|brew install|packer plugins install) ?/)
  })

  test('in a checkout says that it can fetch its own', async () => {
    const environment = { PATH: join(import.meta.dirname) }
    const error = await failureOf(findPacker(environment, '/srv/checkout'))
    expect(error.hint).toContain('(cd /srv/checkout && npm run setup:tools)')
  })

  test('where one has its plugin', async () => {
    const plugins = 'echo /root/.config/packer/plugins/github.com/hashicorp/amazon/packer-plugin-amazon_v1'
    const environment = programNamed(`if [ "$1" = plugins ]; then ${plugins}; else echo Packer v1.11.2; fi`)
    expect(await findPacker(environment, undefined)).toMatchObject({ version: '1.11.2' })
  })
})
