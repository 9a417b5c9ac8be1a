import { spawnSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { cli, fixture, Project } from './project.ts'
import { describeWith } from './tools.ts'

/** What the oldest Node writes, as the other tests have it. */
function filesByThisNode(): (readonly [string, string])[] {
  const project = new Project({ 'nodes.json': fixture('seed/nodes.json') })
  for (const action of ['packer:create', 'autoscale:create']) expect(project.run(action).exit).toBe(0)
  return project.files().map((path) => [path, project.read(path)] as const)
}

for (const version of ['node-22', 'node-24'] as const) {
  describeWith(version, `the built CLI under ${version}`, (node) => {
    test('writes the same files, and gives the same help', () => {
      const project = new Project({ 'nodes.json': fixture('seed/nodes.json') })
      const run = (...words: string[]) =>
        spawnSync(node, [cli, ...words], { cwd: project.folder, encoding: 'utf8' })
      expect(run('--version')).toMatchObject({ status: 0, stderr: '', stdout: '0.1.0\n' })
      for (const action of ['packer:create', 'autoscale:create']) {
        expect(run(action)).toMatchObject({ status: 0, stderr: '' })
      }
      expect(project.files().map((path) => [path, project.read(path)])).toEqual(filesByThisNode())
      expect(run('role:create', '--help').stdout).toBe(project.run('role:create', '--help').out)
    })
  })
}
