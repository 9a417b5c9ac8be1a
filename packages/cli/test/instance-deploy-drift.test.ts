import { expect, test } from 'vitest'

import { deployRun } from './deploy-project.ts'
import { callsOf, documentedCalls } from './documented-policies.ts'
import { nodesText } from './project.ts'
import { SeededImages } from './seeded-images.ts'

const nodes = {
  __settings__: { project: 'tests' },
  __base__: {
    region: 'eu-central-1',
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
  },
  web: { run_list: ['recipe[web]'], autoscale: { node_min: 2, node_max: 2, timeout: 0 } },
}

test('a deploy says that the image of an autoscale group is of another bundle', { timeout: 60_000 }, () => {
  const project = new SeededImages(nodes)
  const image = project.addImage({ age: 1 })
  project.seed()
  expect(project.run('autoscale:run', 'web')).toMatchObject({ exit: 0 })
  const plan = () => deployRun(project.run('instance:deploy', '--dry-run', '--output', 'json'))
  const drifted = plan()
  expect(drifted.hosts).toHaveLength(2)
  const says = expect.stringContaining(`its image ${image} is of another bundle`) as string
  expect(drifted.texts).toContainEqual(says)
  expect(drifted.texts.join()).toContain('package packer:run web, then package autoscale:update web')

  const account = project.json('.package/sandbox/account.json') as {
    regions: { 'eu-central-1': { ec2: { tags: Record<string, Record<string, string>> } } }
  }
  const tags = account.regions['eu-central-1'].ec2.tags[image] ?? {}
  tags['package:bundle'] = drifted.bundles['web'] ?? ''
  project.write('.package/sandbox/account.json', JSON.stringify(account))
  expect(plan().texts).not.toContainEqual(says)
  const changed = { ...nodes, web: { ...nodes.web, description: 'changed' } }
  project.write('nodes.json', nodesText(changed))
  expect(plan().texts).toContainEqual(says)
})

test('docs/iam.md allows what a deploy calls, and nothing else', { timeout: 60_000 }, () => {
  const project = new SeededImages(nodes)
  project.addImage({ age: 1 })
  project.seed()
  expect(project.run('autoscale:run', 'web')).toMatchObject({ exit: 0 })
  const calls = callsOf(project.calls('instance:deploy', '--key', 'key.pem'))
  expect(documentedCalls((heading) => heading === 'instance:deploy')).toEqual({ 'instance:deploy': calls })
})
