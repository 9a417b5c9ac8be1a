import { jsonDocument } from '@package/templates/json-document'

import type { WantedFile } from '../../ports/files.ts'

const folders = ['cookbooks', 'data_bags', 'dna/asg', 'dna/instance', 'packer', 'roles']

const gitignore = `# What package keeps for itself: runs, logs, known hosts, the sandbox.
.package/
*.package-tmp
# Private keys never belong here.
*.pem
`

/** The files of a new project. git keeps no empty folder, so each has a .gitkeep. */
export async function skeleton(folderName: string): Promise<WantedFile[]> {
  const { default: schema } = await import('../../../nodes.schema.json', { with: { type: 'json' } })
  return [
    { path: '.gitignore', text: gitignore },
    ...folders.map((folder) => ({ path: `${folder}/.gitkeep`, text: '' })),
    { path: 'nodes.schema.json', text: jsonDocument(schema) },
    { path: 'nodes.json', text: jsonDocument(firstNodes(projectName(folderName))) },
  ]
}

/** The folder's name as `__settings__.project` takes it. */
function projectName(folderName: string): string {
  const name = folderName
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 32)
    .replace(/^-+|-+$/g, '')
  return name === '' ? 'fleet' : name
}

function firstNodes(project: string) {
  return {
    $schema: './nodes.schema.json',
    __settings__: { project },
    __security_groups__: {
      ssh: { description: 'Log in from here', ingress: [{ protocol: 'tcp', ports: '22', from: ['my-ip'] }] },
      web: {
        description: 'Web pages',
        ingress: [{ protocol: 'tcp', ports: '80', from: ['0.0.0.0/0', '::/0'] }],
      },
    },
    __base__: {
      region: 'us-east-1',
      source_ami: {
        owner: '099720109477',
        name: 'ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-*',
        architecture: 'x86_64',
      },
      instance_type: 't3.micro',
      ssh_username: 'ubuntu',
      security_groups: ['ssh'],
      autoscale: false,
      default_attributes: { environment: 'production' },
      run_list: [],
      post_run_list: [],
    },
    web: {
      description: 'Web servers',
      security_groups: ['web'],
      autoscale: { node_min: 2, node_max: 4 },
      run_list: [],
    },
  }
}
