import { statSync } from 'node:fs'
import { dirname } from 'node:path'

import type { ImageBuild } from '@package/core/ports/packer'
import { expect, onTestFinished, test } from 'vitest'

import { systemClock } from '../src/systems/host/system-clock.ts'
import { sandboxPlace } from '../src/systems/packer/build-place.ts'
import { installedPacker } from '../src/systems/packer/packer.ts'
import { embeddedAws, sandboxSshPort } from '../src/systems/sandbox/embedded-aws.ts'
import { failureOf } from './failure-of.ts'
import { forOldPacker } from './hcl-template.ts'
import { nodesText, Project } from './project.ts'
import { describeWith } from './tools.ts'

const region = 'us-east-1'

const planted = {
  keyId: 'AKIAPLANTEDPLANTED01',
  secret: 'planted/secret/of/the/environment/0123456',
  pem: 'cGxhbnRlZCBwcml2YXRlIGtleQ',
}

const build: ImageBuild = {
  group: 'web',
  region,
  templatePath: 'packer/web.json',
  derivedPath: '.package/packer/run/web.json',
  tags: { group: 'web', 'package:digest': 'abc' },
  keyPairName: 'package-build-web',
  logPath: '.package/logs/web.log',
}

const legacyBuilder = {
  type: 'amazon-ebs',
  region,
  source_ami_filter: {
    filters: { name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*' },
    owners: ['099720109477'],
    most_recent: true,
  },
  instance_type: 'm7i.large',
  ssh_username: 'ubuntu',
  ami_name: 'web {{timestamp}}',
  tags: { team: 'a' },
}

function template(...inline: string[]): string {
  const file = { type: 'file', source: '{{template_dir}}/../nodes.json', destination: 'nodes.json' }
  return JSON.stringify({ builders: [legacyBuilder], provisioners: [file, { type: 'shell', inline }] })
}

interface Account {
  regions: Record<
    string,
    {
      ec2: {
        instances: Record<string, { ending?: object }>
        keyPairs: object
        securityGroups: Record<string, { name: string }>
        tags: Record<string, Record<string, string>>
      }
    }
  >
  clock: { speed: number }
}

/** A project whose AWS is its sandbox, with a Packer that is in that folder. */
class BuildSite extends Project {
  readonly told: string[] = []
  readonly packer

  constructor(program: string, ...inline: string[]) {
    super({ 'packer/web.json': template(...inline), 'nodes.json': '{}' })
    const environment = {
      ...process.env,
      PATH: `${dirname(program)}:${process.env['PATH'] ?? ''}`,
      AWS_ACCESS_KEY_ID: planted.keyId,
      AWS_SECRET_ACCESS_KEY: planted.secret,
    }
    const aws = embeddedAws(this.path('.package/sandbox'), [], systemClock())
    onTestFinished(async () => (await aws).close({ whenIdle: true }))
    this.packer = installedPacker({
      project: this.folder,
      environment,
      at: async (work) =>
        (await aws).serveWhile((url) => work(sandboxPlace(environment, url, sandboxSshPort))),
      ownAddress: () => Promise.resolve('127.0.0.1'),
    })
  }

  build(more: Partial<ImageBuild> = {}, onLine?: (line: string) => void): Promise<string> {
    return this.packer.build({ ...build, ...more }, (line) => {
      this.told.push(line)
      onLine?.(line)
    })
  }

  account(): Account {
    return this.json('.package/sandbox/account.json') as unknown as Account
  }

  leftovers(): unknown[] {
    const { instances, keyPairs, securityGroups } = this.account().regions[region]?.ec2 ?? {}
    return [
      ...Object.values(instances ?? {}).filter(({ ending }) => ending === undefined),
      ...Object.keys(keyPairs ?? {}),
      ...Object.values(securityGroups ?? {}).filter(({ name }) => name !== 'default'),
    ]
  }
}

describeWith('packer', 'the real Packer on the sandbox', (program) => {
  test('gives the image, its log, and keeps secrets out of both', async () => {
    const site = new BuildSite(program, 'cat nodes.json', 'env', 'echo one, two')
    const key = ['-----BEGIN RSA PRIVATE KEY-----', planted.pem, '-----END RSA PRIVATE KEY-----']
    const said = `key ${planted.keyId} and aws_secret_access_key=${planted.secret}`
    site.write('nodes.json', [said, ...key, ''].join('\n'))
    let derived = ''
    const imageId = await site.build({}, () => {
      if (derived !== '') return
      derived = site.read(build.derivedPath)
      expect(statSync(site.path(build.derivedPath)).mode & 0o777).toBe(0o600)
    })
    expect(derived).not.toBe('')
    expect(site.files().filter((path) => path.startsWith('.package/packer'))).toEqual([])
    expect(imageId).toMatch(/^ami-[0-9a-f]{17}$/)
    expect(site.account().regions[region]?.ec2.tags[imageId]).toMatchObject({ team: 'a', ...build.tags })
    expect(site.leftovers()).toEqual([])
    expect(site.account().clock.speed).toBe(1)

    const log = site.read(build.logPath)
    expect(site.told).toContain('    amazon-ebs: one, two')
    for (const line of site.told) expect(log).toContain(`${line}\n`)
    for (const secret of Object.values(planted)) {
      expect(log + derived + site.told.join('\n')).not.toContain(secret)
    }
    expect(log).toContain('key <redacted> and aws_secret_access_key=<redacted>')
  })

  test('builds side by side, in one sandbox', async () => {
    const site = new BuildSite(program, 'true')
    site.write('packer/api.json', template('true').replace('web {{', 'api {{'))
    const derivedPath = '.package/packer/run/api.json'
    const other = {
      group: 'api',
      templatePath: 'packer/api.json',
      derivedPath,
      logPath: '.package/logs/api.log',
    }
    const ids = await Promise.all([site.build(), site.build(other)])
    expect(new Set(ids).size).toBe(2)
    expect(site.leftovers()).toEqual([])
    expect(site.account().clock.speed).toBe(1)
  })

  test('that fails says why, names its log, and leaves nothing behind', async () => {
    const site = new BuildSite(program, 'echo oh no', 'exit 3')
    const error = await failureOf(site.build())
    expect(error).toMatchObject({ kind: 'system', code: 'PACKER_FAILED' })
    expect(error.message).toContain('web: packer build failed: Script exited with non-zero exit status: 3')
    expect(error.hint).toContain(build.logPath)
    expect(site.read(build.logPath)).toContain('oh no')
    expect(site.leftovers()).toEqual([])
  })

  test('that refuses the template says why', async () => {
    const site = new BuildSite(program)
    site.write('packer/web.json', '{"builders":[{"type":"amazon-ebs","no_such":1}]}')
    const error = await failureOf(site.build())
    expect(error.message).toContain('no_such')
  })

  test('cleans up after Ctrl-C, and no other build starts', async () => {
    const site = new BuildSite(program, 'sleep 600')
    let isSent = false
    const interrupt = (line: string) => {
      if (isSent || !line.includes('Provisioning with shell script')) return
      isSent = true
      // As npm does, which sends on what the terminal has sent already.
      for (const signal of ['SIGINT', 'SIGINT'] as const) process.emit(signal)
    }
    expect(await failureOf(site.build({}, interrupt))).toMatchObject({ kind: 'cancelled' })
    expect(site.told).toContain('Cleanly cancelled builds after being interrupted.')
    expect(site.leftovers()).toEqual([])
    expect(await failureOf(site.build())).toMatchObject({ kind: 'cancelled' })
  })

  test('ends at once after a second Ctrl-C, and says that something is left', async () => {
    const site = new BuildSite(program, 'sleep 600')
    const interruptTwice = (line: string) => {
      if (!line.includes('Provisioning with shell script')) return
      process.emit('SIGINT')
      setTimeout(() => process.emit('SIGINT'), 400)
    }
    const error = await failureOf(site.build({}, interruptTwice))
    expect(error).toMatchObject({ kind: 'cancelled' })
    expect(error.hint).toContain('Packer was killed')
    expect(site.leftovers()).not.toEqual([])
  })

  test('builds from HCL2 JSON', async () => {
    const site = new BuildSite(program)
    const { region: here, instance_type, source_ami_filter } = legacyBuilder
    const { filters, owners } = source_ami_filter
    const web = {
      region: here,
      instance_type,
      source_ami: { owner: owners[0], name: filters.name },
      tags: { 'a ${b}': '%{c} ${path.root}' },
      image: { format: 'hcl' },
    }
    site.write('nodes.json', nodesText({ web }))
    site.write('cookbooks/a/metadata.rb', "name 'a'\nversion '1.0.0'\n")
    expect(site.run('packer:create').exit).toBe(0)
    const templatePath = 'packer/web.pkr.json'
    const derivedPath = '.package/packer/run/web.pkr.json'
    expect(await failureOf(site.build({ templatePath, derivedPath }))).toMatchObject({ code: 'PACKER_OLD' })
    site.write(templatePath, forOldPacker(site.read(templatePath)))
    const imageId = await site.build({ templatePath, derivedPath })
    expect(site.account().regions[region]?.ec2.tags[imageId]).toMatchObject({ ...web.tags, ...build.tags })
    expect(site.leftovers()).toEqual([])
  })
})
