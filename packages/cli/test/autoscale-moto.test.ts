import { join } from 'node:path'

import { CreateTagsCommand, RegisterImageCommand } from '@aws-sdk/client-ec2'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startMoto, type Moto } from '../../sandbox/test/contract/moto.ts'
import { describeWith } from '../../sandbox/test/tools.ts'
import { FleetBySdk } from './fleet-by-sdk.ts'
import { awsAt } from './killed-run.ts'
import { nodesText, Project, type Run } from './project.ts'

const region = 'us-east-1'

const autoscale = {
  node_min: 2,
  node_max: 4,
  timeout: 0,
  policies: [{ name: 'cpu', type: 'target_tracking', metric: 'cpu', target: 60 }],
  schedule: [{ cron: '0 7 * * *', desired: 2 }],
}

function nodesOf(web: object): object {
  return {
    __settings__: { project: 'tests' },
    __base__: {
      region,
      instance_type: 't3.micro',
      ssh_username: 'ubuntu',
      source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
    },
    web: { iam_instance_profile: 'web', run_list: ['recipe[web]'], autoscale, ...web },
  }
}

/** The same with another node_max, target and time of day. */
const changed = {
  ...autoscale,
  node_max: 5,
  policies: [{ name: 'cpu', type: 'target_tracking', metric: 'cpu', target: 50 }],
  schedule: [{ cron: '0 8 * * *', desired: 3 }],
}

const load_balancer = { listeners: [{ port: 80, protocol: 'http' }], drain: 1 }

/** What is in charge when a command is done: nothing of another run or version is left. */
const settled = {
  phase: 'live',
  owner: undefined,
  frozen: undefined,
  suspended: [],
  sizes: [2, 4, 2],
  states: ['InService', 'InService'],
  types: ['t3.micro', 't3.micro'],
  policies: ['package/cpu 60'],
  schedule: ['package/schedule-1 0 7 * * * 2'],
  hooks: ['package-converged'],
}

class MotoProject extends Project {
  readonly fleet: FleetBySdk
  readonly #endpoint: string

  constructor(endpoint: string) {
    super()
    this.#endpoint = endpoint
    this.fleet = new FleetBySdk({ endpoint }, { region, group: 'web' })
  }

  declare(web: object): void {
    this.write('nodes.json', nodesText(nodesOf(web)))
  }

  async addImage(): Promise<string> {
    const { ec2 } = this.fleet
    const asked = { Name: `web ${String(Date.now())}`, RootDeviceName: '/dev/sda1' }
    const { ImageId = '' } = await ec2.send(new RegisterImageCommand(asked))
    const Tags = [
      { Key: 'package:project', Value: 'tests' },
      { Key: 'group', Value: 'web' },
    ]
    await ec2.send(new CreateTagsCommand({ Resources: [ImageId], Tags }))
    return ImageId
  }

  /** The only version that there is. */
  async version() {
    const [version, ...others] = await this.fleet.versions()
    if (version === undefined || others.length > 0) throw new Error('there is not one autoscale group')
    const { name, tags, suspended, sizes, template, targetGroups, instances } = version
    return {
      name,
      phase: tags['package:phase'],
      owner: tags['package:owner'],
      frozen: tags['package:frozen'],
      suspended,
      sizes,
      template,
      targetGroups: targetGroups.length,
      states: instances.map(({ state }) => state),
      types: (await this.fleet.instances()).map(({ type }) => type),
      ...(await this.fleet.settings(name)),
    }
  }

  async instanceIds(): Promise<string[]> {
    return (await this.fleet.instances()).map(({ id }) => id).toSorted()
  }

  /** Gives what it prints. */
  succeed(...words: string[]): string {
    const { exit, out, err } = this.run(...words)
    expect(exit, `${words.join(' ')}: ${err}`).toBe(0)
    return out
  }

  override run(...words: string[]): Run {
    return this.runWith({ ...awsAt(this.#endpoint), PACKAGE_POLL_INTERVAL: '0.1' }, ...words)
  }
}

/**
 * What moto cannot, and its sandbox can: it never runs a schedule, a policy or an alarm (none are made for a policy), never holds an
 * instance for a hook, and finds none unhealthy by itself: all are in service, and targets healthy, at once. It launches into one
 * subnet, from the right image and type, but says of each instance that the template's default version launched it.
 */
describeWith('moto', 'autoscale groups in moto', () => {
  let moto: Moto | undefined
  beforeAll(async () => {
    moto = await startMoto(join(import.meta.dirname, 'moto-for-groups.py'))
  })
  beforeEach(() => moto?.reset())
  afterAll(() => moto?.stop())

  test.each([
    ['without a load balancer', {}, 0],
    ['behind a load balancer', { load_balancer }, 1],
  ])('run, update, change in place, roll back, delete, %s', async (_, more, balancers) => {
    const project = new MotoProject(moto?.url ?? '')
    project.declare(more)
    const image = await project.addImage()

    const started = project.succeed('autoscale:run', 'web')
    expect(started).toContain(image)
    const first = await project.version()
    expect(first).toEqual({ ...settled, name: 'web-v000', targetGroups: balancers, template: 1 })
    expect(project.run('autoscale:run', 'web')).toMatchObject({ exit: 4 })
    expect(project.succeed('autoscale:status', 'web')).toContain('up to date')
    expect(project.succeed('autoscale:update', 'web')).toContain('unchanged')
    expect(await project.version()).toEqual(first)

    project.declare({ ...more, instance_type: 't3.small' })
    expect(project.succeed('autoscale:status', 'web')).toContain('would replace it')
    expect(project.succeed('autoscale:update', 'web')).toContain('web-v001')
    const second = { ...first, name: 'web-v001', types: ['t3.small', 't3.small'], template: 2 }
    expect(await project.version()).toEqual(second)
    expect((await project.fleet.templateVersions()).map(({ isDefault }) => isDefault)).toEqual([false, true])

    const before = await project.instanceIds()
    project.declare({ ...more, instance_type: 't3.small', autoscale: changed })
    expect(project.succeed('autoscale:update', 'web')).toContain('updated')
    const after = {
      sizes: [2, 5, 2],
      policies: ['package/cpu 50'],
      schedule: ['package/schedule-1 0 8 * * * 3'],
    }
    expect(await project.version()).toEqual({ ...second, ...after })
    expect(await project.instanceIds()).toEqual(before)

    expect(project.succeed('autoscale:rollback', 'web')).toContain('web-v002')
    expect(await project.version()).toEqual({ ...first, ...after, name: 'web-v002' })
    expect(await project.instanceIds()).not.toEqual(before)
    expect(await project.fleet.templateVersions()).toMatchObject([{ number: 1, isDefault: true }])

    project.succeed('autoscale:delete', 'web', '--yes')
    expect(await project.fleet.versions()).toEqual([])
    expect(await project.fleet.instances()).toEqual([])
    expect(await project.fleet.templateVersions()).toEqual([])
    expect(await project.fleet.surroundings()).toEqual({ loadBalancers: [], targetGroups: [], alarms: [] })
    expect(project.succeed('autoscale:status', 'web')).toContain('does not run')
  })
})
