import { spawnSync } from 'node:child_process'
import { symlinkSync } from 'node:fs'

import { describe, expect, test } from 'vitest'

import { cli, fixture, Project } from './project.ts'

/** What bash offers for a line, asked as bash asks: the script of `package completion`, words broken bash's way. */
function offered(line: string): string[] {
  const project = new Project({ 'nodes.json': fixture('seed/nodes.json') })
  symlinkSync(cli, project.path('package'))
  project.write('complete.bash', project.runWith({ SHELL: '/bin/bash' }, 'completion').out)
  const words = line.split(' ')
  const script = `
    PATH="$PWD:$PATH"
    source ./complete.bash
    [[ $COMP_WORDBREAKS == *:* ]] && { echo 'words break at colons'; exit 1; }
    COMP_WORDS=(${words.map((word) => `'${word}'`).join(' ')})
    COMP_CWORD=${String(words.length - 1)}
    _package_yargs_completions
    printf '%s\\n' "\${COMPREPLY[@]}"`
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: project.folder, encoding: 'utf8' })
  expect(stderr).toBe('')
  return stdout.trimEnd().split('\n')
}

describe('completion in bash', () => {
  test('of actions, past their colon', () => {
    expect(offered('package ro')).toEqual(['role:create'])
    expect(offered('package nodes:')).toEqual(['nodes:validate', 'nodes:list', 'nodes:explain'])
  })

  test('of groups, from nodes.json', () => {
    expect(offered('package role:create 12_')).toEqual(['12_04-bee', '12_04-www'])
    expect(offered('package roles:update 12_04-bee 12_04-w')).toEqual(['12_04-www'])
    expect(offered('package nodes:explain ')).toEqual(['12_04-bee', '12_04-www'])
  })

  test('of options', () => {
    expect(offered('package role:create --d')).toContain('--dry-run')
    expect(offered('package role:create --output ')).toEqual(['human', 'json'])
  })

  test('of nothing where nodes.json is broken, without a word about it', () => {
    const project = new Project({ 'nodes.json': '{' })
    expect(project.run('--get-yargs-completions', 'package', 'role:create', '')).toMatchObject({
      exit: 0,
      err: '',
    })
  })
})

describe('the completion script', () => {
  test.each([
    ['/bin/zsh', '#compdef package'],
    ['/usr/bin/fish', 'complete -f -c package'],
  ])('is written for %s', (shell, says) => {
    expect(new Project().runWith({ SHELL: shell }, 'completion').out).toContain(says)
  })
})
