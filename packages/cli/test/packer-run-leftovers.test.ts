import { expect, test } from 'vitest'

import { groupsNamed, ImageProject } from './image-project.ts'
import { describeWith } from './tools.ts'

function projectOf(line: string): ImageProject {
  const project = new ImageProject(groupsNamed('web'))
  project.provisionWith(line)
  return project
}

const fault = { kind: 'error', code: 'UnauthorizedOperation', message: 'You may not.', status: 403 }

describeWith('packer', 'packer:run whose image is made', () => {
  test.each([
    ['Terminating the source AWS instance', 'TerminateInstances'],
    ['Deleting temporary security group', 'DeleteSecurityGroup'],
    ['Deleting temporary keypair', 'DeleteKeyPair'],
  ])(
    'and that is killed at "%s": the next run has nothing to build, and removes what is left',
    async (line, operation) => {
      const project = projectOf('true')
      project.useFaults({ rules: [{ operation, fault: { kind: 'hang' } }] })
      const build = project.startBuild()
      await build.says(line)
      build.child.kill('SIGKILL')
      await build.ended
      project.useFaults({})
      expect(project.buildLeftovers()).not.toEqual([])
      const next = project.run('packer:run')
      expect(next).toMatchObject({ exit: 0, out: expect.stringMatching(/^unchanged/) as string })
      expect(next.err).toContain('web: removing what a killed or failed build has left: ')
      expect(project.buildLeftovers()).toEqual([])
      expect(project.ownImages()).toHaveLength(1)
      const derived = project.files().filter((path) => path.startsWith('.package/packer/'))
      expect(derived).toEqual([])
    },
  )

  test.each(['TerminateInstances', 'DeleteSecurityGroup', 'DeleteKeyPair'])(
    'and for which AWS refuses %s says what is left, and the next run removes it',
    (operation) => {
      const project = projectOf('true')
      const refused = project.runWithFaults({ rules: [{ operation, fault }] }, 'packer:run')
      expect(refused).toMatchObject({ exit: 0, out: expect.stringMatching(/^built/) as string })
      const left = project.buildLeftovers().filter((name) => !name.startsWith('vol-'))
      expect(left).not.toEqual([])
      expect(refused.err).toMatch(
        /warning: web: .* cannot be removed: .*You may not\..*; the next packer:run tries/,
      )
      const next = project.run('packer:run')
      expect(next).toMatchObject({ exit: 0, out: expect.stringMatching(/^unchanged/) as string })
      expect(project.buildLeftovers()).toEqual([])
    },
  )

  test('and for which AWS refuses TerminateInstances once removes the rest itself', () => {
    const project = projectOf('true')
    const rules = [{ operation: 'TerminateInstances', calls: [1], fault }]
    const run = project.runWithFaults({ rules }, 'packer:run')
    expect(run).toMatchObject({ exit: 0, out: expect.stringMatching(/^built/) as string })
    expect(project.buildLeftovers()).toEqual([])
    expect(project.ownImages()).toHaveLength(1)
  })
})

describeWith('packer', 'two packer:run of one group', (program) => {
  test('are not at work at once: the second says who builds; with --force it builds beside', async () => {
    const project = projectOf('sleep 12')
    project.recordPacker(program)
    const build = project.startBuild()
    await build.says('Provisioning with shell script')
    const second = project.run('packer:run')
    expect(second.exit, second.err).toBe(4)
    expect(second.err).toMatch(
      /error BUILD_RUNNING: web: \S+@\S+ is building it: run \d{8}T\d{6}Z-[0-9a-f]{6}\n/,
    )
    expect(second.err).not.toContain('has left')
    project.provisionWith('true')
    const forced = project.run('packer:run', '--force')
    expect(forced, forced.err).toMatchObject({ exit: 0 })
    expect(forced.err).not.toContain('has left')
    expect(await build.ended).toMatchObject({ exit: 0 })
    const templates = project.read('packer.calls').match(/\S+\.json$/gm) ?? []
    expect(templates).toHaveLength(2)
    expect(new Set(templates).size).toBe(2)
    expect(project.ownImages()).toHaveLength(2)
    expect(project.buildLeftovers()).toEqual([])
    expect(project.wholeAccount().clock.speed).toBe(1)
  })

  test('are told apart by the key pair, before there is an instance', async () => {
    const project = projectOf('true')
    project.useFaults({ rules: [{ operation: 'CreateSecurityGroup', fault: { kind: 'hang' } }] })
    const build = project.startBuild()
    await build.says('Creating temporary security group')
    const second = project.run('packer:run')
    expect(second.exit, second.err).toBe(4)
    expect(second.err).toContain('error BUILD_RUNNING: web: ')
    build.child.kill('SIGKILL')
    await build.ended
  })
})

describeWith('packer', 'a build that a second Ctrl-C kills', () => {
  test('has its instance told to end, and says what the next run removes', async () => {
    const project = projectOf('sleep 600')
    const rules = [{ operation: 'TerminateInstances', calls: [1], fault: { kind: 'hang' } }]
    project.useFaults({ rules })
    const build = project.startBuild()
    await build.says('Provisioning with shell script')
    build.child.kill('SIGINT')
    await new Promise((resolve) => setTimeout(resolve, 400))
    build.child.kill('SIGINT')
    const { exit, err } = await build.ended
    expect(exit).toBe(130)
    const group = project.buildLeftovers().find((name) => name.startsWith('packer_'))
    expect(group).toBeDefined()
    expect(project.liveInstances()).toEqual([])
    expect(err).toMatch(
      new RegExp(
        `web: the next packer:run removes what has to wait until the instance has ended: i-\\S+, ${String(group)}, package-build/`,
      ),
    )
    project.useFaults({})
    project.provisionWith('true')
    expect(project.run('packer:run')).toMatchObject({ exit: 0 })
    expect(project.buildLeftovers()).toEqual([])
  })
})
