import { AuthorizeSecurityGroupIngressCommand, EC2Client } from '@aws-sdk/client-ec2'
import { requestHandler } from '@package/sandbox/doors/request-handler'
import { folderHosts } from '@package/sandbox/hosts/folder/folder-hosts'
import { Sandbox } from '@package/sandbox/sandbox'
import { expect, test } from 'vitest'

import { clusterNodes, SandboxProject } from './sandbox-project.ts'

interface Rule {
  isEgress: boolean
  protocol: string
  fromPort?: number
  cidrIpv4?: string
  referencedGroupId?: string
  description?: string
}

function ingressOf(project: SandboxProject, name: string): Rule[] {
  const group = Object.values(project.account().securityGroups).find((each) => each.name === name)
  return ((group?.rules ?? []) as Rule[]).filter(({ isEgress }) => !isEgress)
}

test('makes groups that name each other, with exactly the declared rules', () => {
  const groups = {
    one: { description: 'One', ingress: [{ protocol: 'tcp', ports: '1', from: ['two', '10.0.0.0/8'] }] },
    two: { description: 'Two', ingress: [{ protocol: 'udp', ports: '2-3', from: ['one', '::/0'] }] },
  }
  const nodes = {
    ...clusterNodes,
    __security_groups__: groups,
    __base__: { ...clusterNodes['__base__'], security_groups: ['one', 'two'] },
  }
  const project = new SandboxProject(nodes)
  const planned = project.run('security:sync', '--dry-run')
  expect(planned.exit).toBe(0)
  expect(planned.out).toContain('10.0.0.0/8')
  expect(Object.values(project.account().securityGroups).map(({ name }) => name)).not.toContain('tests/one')

  expect(project.run('security:sync').exit).toBe(0)
  expect(ingressOf(project, 'tests/one')).toHaveLength(2)
  expect(ingressOf(project, 'tests/two')).toHaveLength(2)
  expect(project.run('security:sync').out).toContain('unchanged')

  groups.one.ingress = [{ protocol: 'tcp', ports: '5', from: ['10.0.0.0/8'] }]
  project.write('nodes.json', JSON.stringify({ ...nodes, __security_groups__: groups }))
  expect(project.run('security:sync').exit).toBe(0)
  expect(ingressOf(project, 'tests/one')).toMatchObject([{ fromPort: 5, cidrIpv4: '10.0.0.0/8' }])
})

test('two operators with two addresses both keep their access', async () => {
  const project = new SandboxProject()
  const from = (address: string) =>
    project.runWith({ ...project.environment, PACKAGE_MY_IP: address }, 'security:sync')
  const addresses = () => ingressOf(project, 'tests/cluster').flatMap(({ cidrIpv4 }) => cidrIpv4 ?? [])

  expect(from('203.0.113.1').exit).toBe(0)
  expect(ingressOf(project, 'tests/cluster')[0]?.description).toMatch(/^my-ip \S+@\S+$/)
  await authorize(project, '198.51.100.9/32', 'my-ip somebody@elsewhere')
  await authorize(project, '192.0.2.0/24', 'left over')

  // The same operator from another place: the own old address goes, and so does what nobody declared.
  expect(from('203.0.113.2').exit).toBe(0)
  expect(addresses().sort()).toEqual(['198.51.100.9/32', '203.0.113.2/32'])
})

/** A rule that another operator, or somebody at the console, has made. */
async function authorize(project: SandboxProject, cidr: string, description: string): Promise<void> {
  const folder = project.path('.package/sandbox')
  const sandbox = new Sandbox({
    folder,
    hosts: folderHosts({ folder: project.path('.package/sandbox/hosts') }),
  })
  const ec2 = new EC2Client({
    region: 'eu-central-1',
    credentials: { accessKeyId: 'somebody', secretAccessKey: 'else' },
    requestHandler: requestHandler(sandbox),
  })
  const group = Object.values(project.account().securityGroups).find(({ name }) => name === 'tests/cluster')
  const ranges = [{ CidrIp: cidr, Description: description }]
  await ec2.send(
    new AuthorizeSecurityGroupIngressCommand({
      GroupId: group?.groupId,
      IpPermissions: [{ IpProtocol: 'tcp', FromPort: 22, ToPort: 22, IpRanges: ranges }],
    }),
  )
  await sandbox.close()
}

test('a launch adds what is missing and revokes nothing', () => {
  const project = new SandboxProject()
  expect(project.run('security:sync').exit).toBe(0)
  const ingress = [{ protocol: 'tcp', ports: '443', from: ['0.0.0.0/0'] }]
  project.write(
    'nodes.json',
    JSON.stringify({
      ...clusterNodes,
      __security_groups__: { cluster: { description: 'The cluster', ingress } },
    }),
  )
  const created = project.run(
    'instance:create',
    'cluster',
    '--key',
    'key.pem',
    '--name',
    'one',
    '--count',
    '1',
  )
  expect(created.exit).toBe(0)
  expect(created.err).toContain('security:sync')
  expect(ingressOf(project, 'tests/cluster')).toHaveLength(3)
})
