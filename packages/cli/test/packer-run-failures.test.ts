import { readdirSync, readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { groupsNamed, ImageProject, type RunningBuild } from './image-project.ts'
import { describeWith } from './tools.ts'

function projectOf(line: string, ...groups: string[]): ImageProject {
  const project = new ImageProject(groupsNamed('web', ...groups))
  project.provisionWith(line)
  return project
}

function commandLines(): { pid: number; words: string }[] {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return [
        { pid: Number(name), words: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') },
      ]
    } catch {
      return []
    }
  })
}

/** The processes of Packer that the run has started: those of the group of its child. */
function packersOf({ child }: RunningBuild): number[] {
  const statOf = (pid: number) => {
    const [, parent = '', group = ''] =
      /^\d+ \(.*\) \S (\d+) (\d+)/s.exec(readFileSync(`/proc/${String(pid)}/stat`, 'utf8')) ?? []
    return { pid, parent: Number(parent), group: Number(group) }
  }
  const isPacker = ({ words }: { words: string }) => /packer (build|plugin) /.test(words)
  const packers = commandLines()
    .filter(isPacker)
    .map(({ pid }) => statOf(pid))
  const first = packers.find(({ parent }) => parent === child.pid)
  return packers.filter(({ group }) => group === first?.group).map(({ pid }) => pid)
}

const isRunning = (pid: number) => commandLines().some((each) => each.pid === pid && each.words !== '')

describeWith('packer', 'packer:run that AWS refuses a call of', () => {
  test.each([
    'CreateSecurityGroup',
    'AuthorizeSecurityGroupIngress',
    'RunInstances',
    'StopInstances',
    'CreateImage',
    'CreateTags',
  ])('%s, says so, names its log and leaves nothing', (operation) => {
    const project = projectOf('true')
    const fault = { kind: 'error', code: 'UnauthorizedOperation', message: 'You may not.', status: 403 }
    const run = project.runWithFaults({ rules: [{ operation, fault }] }, 'packer:run')
    expect(run.exit).toBe(1)
    expect(run.err).toMatch(/error PACKER_FAILED: web: packer build failed: .*You may not\./)
    const log = project.files().find((path) => path.endsWith('/web.log')) ?? ''
    expect(run.err).toContain(`all that Packer said is in ${log}`)
    expect(project.read(log)).toContain('You may not.')
    expect(project.ownImages()).toEqual([])
    expect(project.buildLeftovers()).toEqual([])
    expect(project.wholeAccount().clock.speed).toBe(1)
  })

  test('tags that the image is known by: the next run sets those that only AWS takes', () => {
    const project = projectOf('true')
    project.changeGroup('web', (web) => (web['tags'] = { odd: '{{x}}' }))
    const fault = { kind: 'error', code: 'UnauthorizedOperation', message: 'You may not.', status: 403 }
    const refused = project.runWithFaults(
      { rules: [{ operation: 'CreateTags', calls: [3, 4, 5], fault }] },
      'packer:run',
    )
    expect(refused).toMatchObject({ exit: 1, err: expect.stringContaining('You may not.') as string })
    const again = project.run('packer:run')
    expect(again).toMatchObject({ exit: 0, out: expect.stringContaining('unchanged') as string })
    const [image] = project.ownImages()
    expect(project.account().tags[image?.imageId ?? '']).toMatchObject({ odd: '{{x}}' })
  })

  // Side by side, as Packer tries for minutes. It leaves such an image; we remove it at once.
  test(
    'CreateKeyPair, or nothing, but whose image stays pending, gives up',
    { timeout: 400_000 },
    async () => {
      const [refused, pending] = [projectOf('true'), projectOf('true')]
      const fault = { kind: 'error', code: 'UnauthorizedOperation', message: 'You may not.', status: 403 }
      refused.useFaults({ rules: [{ operation: 'CreateKeyPair', fault }] })
      pending.useFaults({ times: { image: 1e9 } })
      const runs = [refused, pending].map((project) => project.startBuild().ended)
      const [noKey, noImage] = await Promise.all(runs)
      expect(noKey?.exit).toBe(1)
      expect(noKey?.err).toMatch(/error PACKER_FAILED: web: packer build failed: .*You may not\./)
      expect(noImage?.exit).toBe(5)
      expect(noImage?.err).toMatch(/error PACKER_TIMEOUT: web: packer build failed: .*exceeded wait attempts/)
      expect(noImage?.err).toMatch(/web: removing what a killed or failed build has left: ami-\S+\n/)
      for (const project of [refused, pending]) {
        expect(project.ownImages()).toEqual([])
        expect(project.buildLeftovers()).toEqual([])
      }
    },
  )
})

describeWith('packer', 'packer:run that is killed', () => {
  test.each([
    ['when it has a security group', 'Authorizing access to port'],
    ['when it has an instance', 'Provisioning with shell script'],
    ['when it has an image', 'AMI: ami-'],
  ])('%s takes Packer with it; the next run removes what is left', async (_when, line) => {
    const project = projectOf('sleep 1')
    const build = project.startBuild()
    await build.says(line)
    const packers = packersOf(build)
    expect(packers.length).toBeGreaterThan(1)
    build.child.kill('SIGKILL')
    await build.ended
    await expect.poll(() => packers.filter(isRunning), { timeout: 5000 }).toEqual([])
    const left = project.buildLeftovers()
    expect(left).toContainEqual(expect.stringMatching(/^packer_/))
    expect(project.run('instance:list')).toMatchObject({ exit: 0 })
    expect(project.wholeAccount().clock.speed).toBe(1)

    const next = project.run('packer:run')
    expect(next, next.err).toMatchObject({ exit: 0 })
    expect(next.err).toContain('web: removing what a killed or failed build has left: ')
    expect(next.err).toContain('package-build/tests/web/')
    expect(project.ownImages()).toHaveLength(1)
    expect(next.out).toContain(project.ownImages()[0]?.imageId)
    expect(project.buildLeftovers()).toEqual([])
  })

  test('with its Packer alone says so, and removes what is left itself', async () => {
    const project = projectOf('sleep 600')
    const build = project.startBuild()
    await build.says('Provisioning with shell script')
    for (const pid of packersOf(build)) process.kill(pid, 'SIGKILL')
    const { exit, err } = await build.ended
    expect(exit).toBe(1)
    expect(err).toMatch(/error PACKER_FAILED: web: packer build failed: .*SIGKILL/)
    expect(project.buildLeftovers()).toEqual([])
  })

  test('by Ctrl-C while its image is pending leaves no image', async () => {
    const project = projectOf('true')
    project.useFaults({ times: { image: 1e9 } })
    const build = project.startBuild()
    await build.says('Waiting for AMI to become ready')
    build.child.kill('SIGINT')
    expect(await build.ended).toMatchObject({ exit: 130 })
    expect(project.ownImages()).toEqual([])
    expect(project.buildLeftovers()).toEqual([])
  })

  test('by Ctrl-C lets Packer clean up, also of several', async () => {
    const project = projectOf('sleep 600', 'api')
    const build = project.startBuild('-n', '2')
    await build.says('web: ==> amazon-ebs: Provisioning with shell script')
    await build.says('api: ==> amazon-ebs: Provisioning with shell script')
    build.child.kill('SIGINT')
    expect(await build.ended).toMatchObject({ exit: 130 })
    expect(project.ownImages()).toEqual([])
    expect(project.buildLeftovers()).toEqual([])
    expect(project.wholeAccount().clock.speed).toBe(1)
  })
})

describeWith('packer', 'the secrets of a project', () => {
  test('are in no template, command line, log or output', async () => {
    const project = new ImageProject()
    const secrets = {
      bag: 'planted-value-of-a-data-bag-0001',
      cipher: 'cGxhbnRlZCBjaXBoZXIgdGV4dCAwMDAy',
      keyId: 'AKIAPLANTEDPLANTED03',
      key: 'planted/secret/of/the/environment/0004',
      token: 'planted+session+token+of+the+environment/0005',
    }
    project.write('data_bags/codebases/api.json', JSON.stringify({ id: 'api', password: secrets.bag }))
    const encrypted = { encrypted_data: secrets.cipher, iv: 'aaaa', version: 3, cipher: 'aes-256-gcm' }
    project.write('data_bags/codebases/vault.json', JSON.stringify({ id: 'vault', secret: encrypted }))
    Object.assign(project.environment, {
      AWS_ACCESS_KEY_ID: secrets.keyId,
      AWS_SECRET_ACCESS_KEY: secrets.key,
      AWS_SESSION_TOKEN: secrets.token,
      PACKER_LOG: '1',
    })
    const build = project.startBuild()
    const lines = new Set<string>()
    const looking = setInterval(() => {
      for (const { words } of commandLines()) if (!words.includes('vitest')) lines.add(words)
    }, 50)
    const { exit, out, err } = await build.ended
    clearInterval(looking)
    expect(exit, err).toBe(0)
    expect([...lines].some((words) => /packer build /.test(words))).toBe(true)
    const kept = project.files().filter((path) => !/^(data_bags|\.package\/sandbox)\//.test(path))
    expect(kept).toContain('packer/web.json')
    expect(kept.some((path) => path.endsWith('/web.log'))).toBe(true)
    const texts = [...kept.map((path) => project.read(path)), ...lines, out, err]
    for (const [name, secret] of Object.entries(secrets)) {
      expect(
        texts.filter((text) => text.includes(secret)),
        name,
      ).toEqual([])
    }
  })
})
