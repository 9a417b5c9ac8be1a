import { expect, test } from 'vitest'

import { nodesText } from './project.ts'
import { SeededImages } from './seeded-images.ts'

/** Few looks: each of them reads 1,000 instances during an update. */
const pollSeconds = '60'

const base = {
  region: 'eu-central-1',
  instance_type: 't3.micro',
  ssh_username: 'ubuntu',
  source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
}

const load_balancer = { listeners: [{ port: 80, protocol: 'http' }], drain: 30 }

/** Behind a load balancer: a group without one makes fewer calls, and no others. */
function nodesWith(size: number, more: object = {}) {
  const autoscale = { node_min: size, node_max: size, timeout: 0 }
  return {
    __settings__: { project: 'tests' },
    __base__: base,
    web: { iam_instance_profile: 'web', run_list: ['recipe[web]'], autoscale, load_balancer, ...more },
  }
}

/** How often each action made each call, for a group of that size from its first version to its end. */
function callsWith(size: number): Map<string, number> {
  const project = new SeededImages(nodesWith(size))
  project.environment['PACKAGE_POLL_INTERVAL'] = pollSeconds
  project.addImage({ age: 1 })
  project.seed()
  const counts = new Map<string, number>()
  const count = (...words: [string, ...string[]]) => {
    for (const call of project.calls(...words)) {
      const key = `${words[0]} ${call}`
      counts.set(key, (counts.get(key) ?? 0) + 1)
    }
  }
  count('autoscale:run', 'web')
  expect(project.liveInstances()).toHaveLength(size)
  project.write('nodes.json', nodesText(nodesWith(size, { instance_type: 't3.small' })))
  count('autoscale:update', 'web')
  expect(project.liveInstances()).toHaveLength(size)
  count('autoscale:status', 'web')
  count('autoscale:delete', 'web', '--yes')
  expect(project.liveInstances()).toEqual([])
  return counts
}

const sizes = { small: 10, large: 500 }

/** The most instances that one call tells of; all others tell of every one. */
const pageSizes = new Map([['ec2:DescribeInstanceStatus', 100]])

/** Pauses are jittered: the same wait may take some looks more. */
const moreLooks = 5

test('calls grow with pages, not with instances', () => {
  const few = callsWith(sizes.small)
  const many = callsWith(sizes.large)
  const tooMany = [...many].filter(([key, count]) => {
    const pages = Math.ceil(sizes.large / (pageSizes.get(key.split(' ')[1] ?? '') ?? sizes.large))
    return count > pages * ((few.get(key) ?? 0) + moreLooks)
  })
  expect(tooMany).toEqual([])
})
