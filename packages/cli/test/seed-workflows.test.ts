import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'

import { EC2Client, ImportKeyPairCommand, TerminateInstancesCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { SeedRepository } from './seed-workflows.ts'
import { serveSandbox } from './served-sandbox.ts'
import { describeWith } from './tools.ts'

/** What an operator does to AWS without the tool. */
async function byHand(project: SeedRepository, work: (ec2: EC2Client) => Promise<void>): Promise<void> {
  const { url, stop } = await serveSandbox(project)
  const credentials = { accessKeyId: 'operator', secretAccessKey: 'operator' }
  await work(new EC2Client({ endpoint: url, region: 'us-east-1', credentials }))
  await stop()
}

async function importKey(project: SeedRepository): Promise<void> {
  const PublicKeyMaterial = readFileSync(project.path('key.pem.pub'))
  await byHand(project, async (ec2) => {
    await ec2.send(new ImportKeyPairCommand({ KeyName: 'seatgeek', PublicKeyMaterial }))
  })
}

/** Terminates an instance of the group; gives the one that takes its place, once it has converged. */
async function successorOf(project: SeedRepository, group: string, id: string): Promise<string> {
  const before = new Set(project.instancesOf(group))
  let successor: string | undefined
  await byHand(project, async (ec2) => {
    await ec2.send(new TerminateInstancesCommand({ InstanceIds: [id] }))
    const deadline = Date.now() + 60_000
    while (successor === undefined && Date.now() < deadline) {
      await sleep(100)
      successor = project
        .instancesOf(group)
        .find(
          (each) => !before.has(each) && project.firstConverge(group, each).includes('Infra Phase complete'),
        )
    }
  })
  if (successor === undefined) throw new Error(`no instance took the place of ${id}`)
  return successor
}

/** Completely new, standalone services. */
function addServices(project: SeedRepository): void {
  for (const name of ['ftp-listener', 'ftp-processor']) {
    project.take(`data_bags/${name}`)
    project.take(`cookbooks/seatgeek-service/recipes/${name}.rb`, `seatgeek-service/recipes/${name}.rb`)
  }
  project.take('data_bags/codebases/ftp.json')
  project.take('cookbooks/vftp', 'vftp')
  project.lines(`
    git add data_bags
    git add vftp
    git add seatgeek-service/recipes/ftp-listener.rb
    git add seatgeek-service/recipes/ftp-processor.rb
    git commit -m "added service to process ftp uploads"
  `)
  project.changeNodes((nodes) => {
    const autoscale = { timeout: 120, node_min: 1, node_max: 2 }
    const service = (name: string, ...more: string[]) => ({
      description: `${name}-ec2 instance`,
      autoscale,
      data_bags: [name, ...more],
      run_list: [`recipe[seatgeek-service::${name}]`],
    })
    nodes['ftp-listener'] = service('ftp-listener')
    nodes['ftp-processor'] = service('ftp-processor', 'codebases/ftp')
  })
  const added = project.lines(`
    # edit nodes.json to add ftp-processor and ftp-listener roles

    package role:create ftp-listener
    package role:create ftp-processor

    git add nodes.json
    git add roles/ftp-processor.json roles/ftp-listener.json
    git commit -m "ftp-processor and ftp-listener role"

    package packer:create ftp-listener
    package packer:run ftp-listener

    package packer:create ftp-processor
    package packer:run ftp-processor
  `)
  for (const name of ['ftp-listener', 'ftp-processor']) {
    expect(added.get(`package role:create ${name}`)?.out).toBe(`created    roles/${name}.json\n`)
    expect(added.get(`package packer:create ${name}`)?.out).toContain(`created    packer/${name}.json\n`)
    expect(added.get(`package packer:run ${name}`)?.out).toMatch(new RegExp(`^built +${name} +ami-`))
  }
  // The seed brings up ftp-processor twice, and ftp-listener never: the second pair is meant to be the other service.
  project.lines(`
    package autoscale:create ftp-processor
    package autoscale:run ftp-processor

    package autoscale:create ftp-listener
    package autoscale:run ftp-listener
  `)
  for (const name of ['ftp-listener', 'ftp-processor']) {
    const ids = project.instancesOf(name)
    expect(ids).toHaveLength(1)
    for (const id of ids) {
      expect(project.firstConverge(name, id)).toContain(`Would converge seatgeek-service::${name}\n`)
    }
  }
}

const deploy = 'package instance:deploy 12_04-bee'

/** Existing services. Gives what the deploy said, and the instances that it was to. */
async function addToExisting(project: SeedRepository): Promise<{ said: string; ids: string[] }> {
  // The workers that the second workflow finds at work. Their image needs vftp too, on which the services' cookbook depends.
  project.lines(`
    package packer:run 12_04-bee
    package autoscale:run 12_04-bee
  `)
  project.take('data_bags/process-users')
  project.take(
    'cookbooks/seatgeek-service/recipes/process-users.rb',
    'seatgeek-service/recipes/process-users.rb',
  )
  project.lines(`
    # work on seatgeek-service::process-users which requires access to temporary storage
    # meaning we want to ensure the temporary storage is there, in addition to the service itself running.

    git add data_bags
    git add seatgeek-service/recipes/process-users.rb
    git commit -m "create a process for playing with user"
  `)
  project.changeNodes((nodes) => {
    const bee = nodes['12_04-bee'] as { run_list: string[]; data_bags: string[] }
    nodes['12_04-bee'] = {
      ...bee,
      data_bags: [...bee.data_bags, 'process-users'],
      default_attributes: { other_key: 'value', seatgeek: { temporary_storage: { path: '/data/users' } } },
      run_list: [...bee.run_list, 'recipe[seatgeek-service::process-users]'],
    }
  })
  await project.startAgent()
  const announced = project
    .lines(
      `
    # add the role to the 12_04-bee entry in nodes.json
    package roles:update 12_04-bee
    git add nodes.json roles/12_04-bee.json
    git commit -m "added user processing to 12_04-bee machines"

    ${deploy}
  `,
    )
    .get(deploy)
  expect(announced?.out).toContain('2 converged')
  const logs = project.deployLogs()
  expect(logs.size).toBe(2)
  for (const [id, log] of logs) {
    expect(log).toContain('Would converge seatgeek-service::process-users\n')
    const disk = `.package/sandbox/hosts/${id}/disk/opt/package`
    expect(project.read(`${disk}/roles/role-12_04-bee.json`)).toContain('"path": "/data/users"')
    expect(project.has(`${disk}/seatgeek-service/recipes/process-users.rb`)).toBe(false)
    expect(project.has(`${disk}/cookbooks/seatgeek-service/recipes/process-users.rb`)).toBe(true)
    expect(project.has(`${disk}/data_bags/process-users/process-users.json`)).toBe(true)
  }
  return { said: announced?.err ?? '', ids: [...logs.keys()] }
}

describeWith('packer', "the seed's workflows, line by line", (packer) => {
  test('new services by image and autoscale group, another by deploy', { timeout: 600_000 }, async () => {
    const project = new SeedRepository(packer)
    await importKey(project)
    project.lines(`
      git init -q
      package role:create
      package packer:create
      package autoscale:create
      git add .
      git commit -qm "what there is"
    `)

    addServices(project)
    const { said, ids: converged } = await addToExisting(project)
    const drift =
      /the next instance of its autoscale group would come up without this one; (package packer:run 12_04-bee), then (package autoscale:update 12_04-bee)/
    const [, build = '', update = ''] = drift.exec(said) ?? []
    expect({ build, update }, said).toEqual({
      build: 'package packer:run 12_04-bee',
      update: 'package autoscale:update 12_04-bee',
    })
    const [gone = ''] = converged
    const successor = project.firstConverge('12_04-bee', await successorOf(project, '12_04-bee', gone))
    expect(successor).toContain('Would converge seatgeek-service::djjob\n')
    expect(successor).not.toContain('process-users')

    project.lines(`${build}\n${update}`)
    const ids = project.instancesOf('12_04-bee')
    expect(ids).toHaveLength(2)
    for (const id of ids) {
      expect(project.firstConverge('12_04-bee', id)).toContain(
        'Would converge seatgeek-service::process-users\n',
      )
    }
    expect(project.lines(deploy).get(deploy)?.err).not.toContain('would come up without')
  })
})
