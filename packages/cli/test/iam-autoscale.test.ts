import { readFileSync, writeFileSync } from 'node:fs'

import type { AccountState } from '@package/sandbox/account/account-state'
import { expect, test } from 'vitest'

import { callsOf, documentedCalls } from './documented-policies.ts'
import { nodesText } from './project.ts'
import { SeededImages } from './seeded-images.ts'

const region = 'eu-central-1'

const ingress = [{ protocol: 'tcp', ports: '80', from: ['0.0.0.0/0'] }]

const policies = [
  { name: 'cpu', type: 'target_tracking', metric: 'cpu', target: 50 },
  {
    name: 'queue',
    type: 'step',
    metric: { namespace: 'hive', name: 'Queue' },
    comparison: '>',
    threshold: 9,
    steps: [{ change: 1 }],
  },
]

const autoscale = {
  node_min: 1,
  node_max: 2,
  timeout: 0,
  policies,
  schedule: [{ cron: '0 22 * * *', node_min: 0 }],
}

const load_balancer = { listeners: [{ port: 80, protocol: 'http' }], drain: 0, security_groups: ['web'] }

function nodesWith(more: object): string {
  return nodesText({
    __settings__: { project: 'tests' },
    __security_groups__: {
      web: { description: 'Web', ingress },
      other: { description: 'Other', ingress },
    },
    __base__: {
      region,
      ssh_username: 'ubuntu',
      source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
      instance_type: 't3.micro',
    },
    web: {
      iam_instance_profile: 'web',
      security_groups: ['web'],
      run_list: ['recipe[web]'],
      autoscale,
      load_balancer,
      ...more,
    },
  })
}

const allowsChanges = 'autoscale:run, autoscale:update, autoscale:rollback'

class Recorded {
  readonly project = new SeededImages({})
  readonly calls: Record<string, string[]> = {}

  constructor() {
    this.project.environment['PACKAGE_POLL_INTERVAL'] = '20'
    this.project.addImage({ age: 1 })
    this.project.seed()
    // Whatever the hook is, its instances are launched from the same: it changes in place.
    this.project.write(
      'templates/user-data.sh.hbs',
      '#!/bin/sh\n# package:completes-hook package-converged\n',
    )
  }

  /** What an action calls is kept for the policy that allows it. */
  run(policy: string, action: string, more: object, ...words: string[]): void {
    this.project.write('nodes.json', nodesWith(more))
    const made = this.project.calls(action, 'web', ...words)
    this.calls[policy] = callsOf([...(this.calls[policy] ?? []), ...made])
  }

  /** As somebody does by hand who wants to be told of launches. */
  addNotification(): void {
    const path = this.project.path('.package/sandbox/account.json')
    const account = JSON.parse(readFileSync(path, 'utf8')) as AccountState
    const groups = Object.values(account.regions[region]?.autoscaling.groups ?? {})
    for (const group of groups) {
      const topic = `arn:aws:sns:${region}:123456789012:launches`
      group.notifications = { [topic]: ['autoscaling:EC2_INSTANCE_LAUNCH'] }
    }
    writeFileSync(path, JSON.stringify(account))
  }
}

/** Auto Scaling asks whether the caller may launch what a launch template says, and nobody calls RunInstances. */
function allowedCalls(): Record<string, string[]> {
  const documented = documentedCalls((heading) => heading.startsWith('autoscale:'))
  return Object.fromEntries(
    Object.entries(documented).map(([heading, calls]) => [
      heading,
      calls.filter((call) => call !== 'ec2:RunInstances'),
    ]),
  )
}

test(
  'docs/iam.md allows what the actions on autoscale groups call, and nothing else',
  { timeout: 120_000 },
  () => {
    const recorded = new Recorded()
    const change = (action: string, more: object = {}, ...words: string[]) =>
      recorded.run(allowsChanges, action, more, ...words)

    change('autoscale:run')
    recorded.run('autoscale:status', 'autoscale:status', {})
    recorded.addNotification()
    const larger = { instance_type: 't3.small' }
    change('autoscale:update', larger)
    // Its first Chef runs fail: it is taken back.
    const launches = Array.from({ length: 40 }, (_, index) => index + 1)
    recorded.project.environment['PACKAGE_SANDBOX_FAULTS'] = recorded.project.path('faults.json')
    recorded.project.write('faults.json', JSON.stringify({ failedConverges: launches }))
    change('autoscale:update', { instance_type: 't3.medium' })
    // They do not end: it is kept.
    recorded.project.write('faults.json', JSON.stringify({ hangingConverges: launches }))
    change('autoscale:update', { instance_type: 't3.medium' }, '--keep-failed')
    delete recorded.project.environment['PACKAGE_SANDBOX_FAULTS']
    // In place: other zones, no hook, policy nor schedule, another load balancer.
    change('autoscale:update', {
      ...larger,
      zones: [`${region}a`, `${region}b`],
      autoscale: { node_min: 1, node_max: 3, timeout: 0, converge: 'none' },
      load_balancer: {
        ...load_balancer,
        listeners: [{ port: 80, protocol: 'http', target_port: 8080 }],
        security_groups: ['other'],
      },
    })
    change('autoscale:update', {
      ...larger,
      load_balancer: {
        ...load_balancer,
        listeners: [
          { port: 80, protocol: 'http', target_port: 8080 },
          { port: 81, protocol: 'http', target_port: 8081 },
        ],
        health_check: { interval: 60 },
        drain: 5,
      },
    })
    change('autoscale:update', { ...larger, load_balancer: false })
    change('autoscale:rollback', larger)
    recorded.run('autoscale:delete', 'autoscale:delete', {}, '--yes')

    expect(recorded.calls).toEqual(allowedCalls())
  },
)
