import { expect, test } from 'vitest'

import { callsOf, documentedCalls } from './documented-policies.ts'
import { clusterNodes, SandboxProject } from './sandbox-project.ts'

test('docs/iam.md allows what each action calls, and nothing else', { timeout: 300_000 }, () => {
  const calls = new Map<string, string[]>()
  const project = new SandboxProject()
  const run = (action: string, ...words: string[]) =>
    calls.set(action, [...(calls.get(action) ?? []), ...project.calls(action, ...words)])

  run('security:sync')
  project.write('nodes.json', JSON.stringify(withOtherPort()))
  run('security:sync')
  project.write('nodes.json', JSON.stringify(clusterNodes))
  run('instance:create', 'cluster', '--name', 'one', '--key', 'key.pem', '--count', '1')
  // A lost answer leaves an address that the same run releases.
  const rules = [{ operation: 'AllocateAddress', calls: [1], fault: { kind: 'lose-answer' } }]
  project.environment['PACKAGE_SANDBOX_FAULTS'] = project.path('faults.json')
  project.write('faults.json', JSON.stringify({ rules }))
  project.write('nodes.json', JSON.stringify(protectedNodes()))
  run('instance:create', 'cluster', '--name', 'two', '--key', 'key.pem', '--count', '1', '--env', 'other')
  delete project.environment['PACKAGE_SANDBOX_FAULTS']
  run('instance:list')
  project.write('.package/known_hosts', '')
  run('instance:ssh', 'cluster', '--name', 'one', '--key', 'key.pem', 'true')
  project.write('nodes.json', JSON.stringify(clusterNodes))
  run('instance:delete', 'cluster', '--name', 'two', '--env', 'other', '--yes')
  run('instance:delete', 'cluster', '--name', 'one', '--yes')

  const recorded = Object.fromEntries([...calls].map(([action, made]) => [action, callsOf(made)]))
  expect(recorded).toEqual(
    documentedCalls((heading) => !/^(autoscale|packer):|^instance:deploy/.test(heading)),
  )
})

function withOtherPort(): object {
  const ingress = [{ protocol: 'tcp', ports: '2222', from: ['my-ip'] }]
  return { ...clusterNodes, __security_groups__: { cluster: { description: 'The cluster', ingress } } }
}

function protectedNodes(): object {
  return { ...clusterNodes, cluster: { ...clusterNodes.cluster, termination_protection: true } }
}
