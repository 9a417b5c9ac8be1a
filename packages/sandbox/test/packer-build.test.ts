import { execFile } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import {
  DescribeImagesCommand,
  DescribeInstancesCommand,
  DescribeKeyPairsCommand,
  DescribeSecurityGroupsCommand,
  DescribeSnapshotsCommand,
  DescribeVolumesCommand,
  EC2Client,
  type Tag,
} from '@aws-sdk/client-ec2'
import { expect, onTestFinished, test } from 'vitest'

import { serveHttp } from '../src/doors/http-server.ts'
import type { FaultScript } from '../src/faults/fault-script.ts'
import { folderHosts } from '../src/hosts/folder/folder-hosts.ts'
import { accountIn, clientOf } from './test-account.ts'
import { describeWith } from './tools.ts'

const checkout = join(import.meta.dirname, '../../..')

interface Template {
  builders: [Record<string, unknown>]
  provisioners: Record<string, unknown>[]
}

/** A sandbox that answers over HTTP, with machines that can be logged in to, and a copy of the repository's bee. */
async function site(faults: FaultScript = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'packer-build-'))
  const hostsFolder = join(folder, 'account/hosts')
  const refused: string[] = []
  const sandbox = accountIn(join(folder, 'account'), {
    faults,
    hosts: folderHosts({ folder: hostsFolder }),
    onCall: ({ operation, status }) => void (status !== 200 && refused.push(operation)),
  })
  // Packer looks once a second at the soonest: whatever it waits for is done when it looks first.
  await sandbox.setSpeed(20_000)
  const door = await serveHttp(sandbox, 0)
  // Nobody calls when an instance has booted: it answers once somebody looks.
  const looking = setInterval(() => void sandbox.answerSsh(), 100)
  onTestFinished(async () => {
    clearInterval(looking)
    await door.close()
    await sandbox.close()
    rmSync(folder, { recursive: true, force: true })
  })
  for (const path of ['nodes.json', 'roles', 'packer', 'data_bags']) {
    cpSync(join(checkout, path), join(folder, 'project', path), { recursive: true })
  }
  const ec2 = new EC2Client(clientOf(sandbox))
  return { folder, project: join(folder, 'project'), hostsFolder, ec2, url: door.url, refused }
}

type Site = Awaited<ReturnType<typeof site>>

function runListOf(project: string): string[] {
  const role = JSON.parse(readFileSync(join(project, 'roles/12_04-bee.json'), 'utf8')) as {
    run_list: string[]
  }
  return role.run_list
}

/** An empty recipe for each that the role names: what is built here is the image, not what is on it. */
function writeCookbooks(project: string): void {
  for (const item of runListOf(project)) {
    const [, cookbook = '', recipe = 'default'] = /^recipe\[([^:\]]+)(?:::([^\]]+))?\]$/.exec(item) ?? []
    const folder = join(project, 'cookbooks', cookbook)
    mkdirSync(join(folder, 'recipes'), { recursive: true })
    writeFileSync(join(folder, 'metadata.rb'), `name '${cookbook}'\nversion '1.0.0'\n`)
    writeFileSync(join(folder, 'recipes', `${recipe}.rb`), '')
  }
}

function withoutCookbooks(template: Template): void {
  const isOthers = ({ destination }: Record<string, unknown>) => destination !== 'package-upload/cookbooks'
  Object.assign(template, { provisioners: template.provisioners.filter(isOthers) })
}

/** The committed template with what only a sandbox needs; gives its path. */
function deriveTemplate(
  { project, url }: Site,
  change: (template: Template) => void = () => undefined,
): string {
  const path = join(project, 'packer/12_04-bee.json')
  const template = JSON.parse(readFileSync(path, 'utf8')) as Template
  Object.assign(template.builders[0], {
    custom_endpoint_ec2: url,
    ssh_port: 2222,
    skip_region_validation: true,
    skip_metadata_api_check: true,
  })
  if (!template.provisioners.some(({ destination }) => destination === 'package-upload/cookbooks')) {
    const source = '{{template_dir}}/../cookbooks/'
    template.provisioners.splice(1, 0, { type: 'file', source, destination: 'package-upload/cookbooks' })
  }
  change(template)
  const derived = join(project, 'packer/derived.json')
  writeFileSync(derived, JSON.stringify(template))
  return derived
}

async function build(packer: string, { project, folder }: Site, template: string) {
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    AWS_ACCESS_KEY_ID: 'AKIDTEST',
    AWS_SECRET_ACCESS_KEY: 'test',
    AWS_POLL_DELAY_SECONDS: '1',
    CHECKPOINT_DISABLE: '1',
    PACKER_CACHE_DIR: join(folder, 'cache'),
    TMPDIR: folder,
  }
  const words = ['build', '-machine-readable', '-color=false', template]
  return new Promise<{ exit: number; output: string }>((resolve) => {
    execFile(packer, words, { cwd: project, env, maxBuffer: 1e8 }, (error, stdout, stderr) => {
      resolve({ exit: error ? Number(error.code ?? -1) : 0, output: stdout + stderr })
    })
  })
}

const named = (tags: Tag[] = []) => Object.fromEntries(tags.map(({ Key = '', Value }) => [Key, Value]))

/** What a build leaves in the account that is neither image nor snapshot. */
async function leftovers(ec2: EC2Client) {
  const { Reservations = [] } = await ec2.send(new DescribeInstancesCommand({}))
  const { KeyPairs } = await ec2.send(new DescribeKeyPairsCommand({}))
  const { SecurityGroups = [] } = await ec2.send(new DescribeSecurityGroupsCommand({}))
  const { Volumes } = await ec2.send(new DescribeVolumesCommand({}))
  return {
    // What is terminated is not shown any more after an hour of the account, which is a blink here.
    instances: Reservations.flatMap(({ Instances = [] }) => Instances.map(({ State }) => State?.Name)).filter(
      (state) => state !== 'terminated',
    ),
    keyPairs: KeyPairs,
    securityGroups: SecurityGroups.map(({ GroupName }) => GroupName),
    volumes: Volumes,
  }
}

const tags = { group: '12_04-bee', 'package:project': 'example-fleet' }
const nothing = { instances: [], keyPairs: [], securityGroups: ['default'], volumes: [] }

async function imagesOf(ec2: EC2Client) {
  return (await ec2.send(new DescribeImagesCommand({ Owners: ['self'] }))).Images ?? []
}

async function snapshotsOf(ec2: EC2Client) {
  return (await ec2.send(new DescribeSnapshotsCommand({ OwnerIds: ['self'] }))).Snapshots ?? []
}

describeWith('packer', 'the real Packer', (packer) => {
  test('builds the image of 12_04-bee, tags it, and leaves nothing else', { timeout: 60_000 }, async () => {
    const here = await site()
    writeCookbooks(here.project)
    const { exit, output } = await build(packer, here, deriveTemplate(here))
    expect(exit, output).toBe(0)
    const id = /,artifact,0,id,us-east-1:(ami-[0-9a-f]+)$/m.exec(output)?.[1] ?? ''
    const images = await imagesOf(here.ec2)
    expect(images).toMatchObject([{ ImageId: id, State: 'available' }])
    expect(named(images[0]?.Tags)).toEqual(tags)
    const snapshots = await snapshotsOf(here.ec2)
    expect(snapshots.map(({ SnapshotId, Tags }) => ({ SnapshotId, tags: named(Tags) }))).toEqual([
      { SnapshotId: images[0]?.BlockDeviceMappings?.[0]?.Ebs?.SnapshotId, tags },
    ])
    expect(await leftovers(here.ec2)).toEqual(nothing)
    expect(here.refused).toEqual([])

    const disk = join(here.hostsFolder, 'images', id, 'disk')
    const uploaded = readFileSync(join(disk, 'opt/package/roles/role-12_04-bee.json'), 'utf8')
    expect(uploaded).toBe(readFileSync(join(here.project, 'roles/12_04-bee.json'), 'utf8'))
    for (const folder of ['cookbooks', 'data_bags']) {
      expect(readdirSync(join(disk, 'opt/package', folder)).length).toBeGreaterThan(0)
    }
    const [node = ''] = readdirSync(join(disk, 'opt/package/nodes'))
    expect(JSON.parse(readFileSync(join(disk, 'opt/package/nodes', node), 'utf8'))).toMatchObject({
      normal: { package: { stage: 'image' } },
      run_list: ['role[role-12_04-bee]'],
      automatic: {
        roles: ['role-12_04-bee'],
        expanded_run_list: runListOf(here.project).map((item) => /\[(.*)\]/.exec(item)?.[1]),
      },
    })
    for (const gone of ['home/ubuntu/package-upload', 'home/ubuntu/.ssh/authorized_keys', 'tmp/script']) {
      expect(existsSync(join(disk, gone))).toBe(false)
    }
    expect(readdirSync(join(disk, 'tmp'))).toEqual([])
  })

  test('ends when Chef refuses the role, and leaves nothing', { timeout: 60_000 }, async () => {
    const here = await site()
    const { exit, output } = await build(packer, here, deriveTemplate(here, withoutCookbooks))
    expect(exit).toBe(1)
    expect(output).toContain('No such cookbook: seatgeek')
    expect(output).toContain('Script exited with non-zero exit status: 1')
    expect(await imagesOf(here.ec2)).toEqual([])
    expect(await snapshotsOf(here.ec2)).toEqual([])
    expect(await leftovers(here.ec2)).toEqual(nothing)
  })

  test(
    'ends with the exit code of any other provisioner, and leaves nothing',
    { timeout: 60_000 },
    async () => {
      const here = await site()
      const fails = { type: 'shell', inline: ['echo "about to fail" >&2', 'exit 3'] }
      const template = deriveTemplate(here, (each) => void (each.provisioners = [fails]))
      const { exit, output } = await build(packer, here, template)
      expect(exit).toBe(1)
      expect(output).toContain('about to fail')
      expect(output).toContain('Script exited with non-zero exit status: 3')
      expect(await leftovers(here.ec2)).toEqual(nothing)
    },
  )

  test.each(['StopInstances', 'CreateImage', 'CreateTags'])(
    'ends when AWS refuses %s, and takes back what it has made',
    { timeout: 60_000 },
    async (operation) => {
      const fault = {
        kind: 'error',
        code: 'UnauthorizedOperation',
        message: 'You may not.',
        status: 403,
      } as const
      const here = await site({ rules: [{ operation, fault }] })
      writeCookbooks(here.project)
      const { exit, output } = await build(packer, here, deriveTemplate(here))
      expect(exit).toBe(1)
      expect(output).toContain('UnauthorizedOperation: You may not.')
      expect(here.refused).toEqual([operation])
      expect(await imagesOf(here.ec2)).toEqual([])
      expect(await snapshotsOf(here.ec2)).toEqual([])
      expect(await leftovers(here.ec2)).toEqual(nothing)
    },
  )
})
