import { spawnSync } from 'node:child_process'

import { describe, expect, test } from 'vitest'

import { awkwardStrings } from './awkward-strings.ts'
import { forOldPacker } from './hcl-template.ts'
import { nodesText, Project } from './project.ts'
import { describeWith, packerComplaints } from './tools.ts'

const image = { format: 'hcl' }
const group = {
  region: 'us-east-1',
  instance_type: 't3.micro',
  source_ami: { owner: '136693071363', name: 'debian-12-amd64-*' },
  block_devices: [
    { device: '/dev/xvda', size_gib: 20, encrypted: true },
    { device: '/dev/xvdg', size_gib: 100, type: 'io2', iops: 100_000 },
    { device: '/dev/xvdi', size_gib: 1000, iops: 80_000, throughput: 2000 },
  ],
  image,
}

interface Template {
  packer: object
  source: { 'amazon-ebs': Record<string, Record<string, unknown>> }
  build: { sources: string[]; provisioner: { file?: { source: string }; shell?: { inline: string[] } }[] }
}

function created(nodes: object, files: Readonly<Record<string, string>> = {}) {
  const project = new Project({ 'nodes.json': nodesText(nodes), ...files })
  const { exit, err } = project.run('packer:create')
  expect(exit, err).toBe(0)
  return { project, err }
}

function templateOf(project: Project, name: string): Template {
  return project.json(`packer/${name}.pkr.json`) as unknown as Template
}

describe('a group in HCL', () => {
  test('names its plugins, and builds with IMDSv2', () => {
    const optional = { http_tokens: 'optional', http_put_response_hop_limit: 2 }
    const { project } = created({ '12_04-bee': group, web: { ...group, metadata_options: optional } })
    expect(project.files().filter((path) => path.startsWith('packer/'))).toEqual([
      'packer/12_04-bee.pkr.json',
      'packer/web.pkr.json',
    ])
    const bee = templateOf(project, '12_04-bee')
    expect(bee.packer).toEqual({
      required_version: '>= 1.7.0',
      required_plugins: {
        amazon: { source: 'github.com/hashicorp/amazon', version: '>= 1.2.2, < 2.0.0' },
      },
    })
    const name = 'group-12_04-bee'
    expect(bee.build.sources).toEqual([`source.amazon-ebs.${name}`])
    expect(bee.source['amazon-ebs'][name]).toMatchObject({
      ami_name: '12_04-bee ${formatdate("YYYYMMDDhhmmss", timestamp())}',
      metadata_options: {
        http_endpoint: 'enabled',
        http_tokens: 'required',
        http_put_response_hop_limit: 1,
      },
      imds_support: 'v2.0',
    })
    const { web } = templateOf(project, 'web').source['amazon-ebs']
    expect(web).toMatchObject({
      metadata_options: { http_tokens: 'required', http_put_response_hop_limit: 2 },
    })
    expect(web).not.toHaveProperty('imds_support')
  })

  test('has the source and the provisioners of the legacy JSON', () => {
    const tags = { team: 'web' }
    const files = { 'cookbooks/a/metadata.rb': '', 'data_bags/users/a.json': '{}' }
    const bags = { tags, data_bags: ['users'] }
    const hcl = created({ web: { ...group, ...bags } }, files).project
    const legacy = created({ web: { ...group, ...bags, image: {} } }, files).project.json(
      'packer/web.json',
    ) as {
      builders: Record<string, unknown>[]
      provisioners: { type: string; inline?: string[]; source?: string; destination?: string }[]
    }
    const { source, build } = templateOf(hcl, 'web')
    const { type: _type, ami_name: _name, ...members } = legacy.builders[0] ?? {}
    expect(source['amazon-ebs']['web']).toMatchObject(members)
    const expected = legacy.provisioners.map(({ type, ...fields }) => ({ [type]: fields }))
    const text = JSON.stringify(build.provisioner)
      .replaceAll('$${', () => '${')
      .replaceAll('${path.root}', '{{template_dir}}')
    expect(JSON.parse(text)).toEqual(expected)
  })

  test('says which file of the other format is not used any more, and leaves it', () => {
    const { project } = created({ web: { ...group, image: {} } })
    project.write('nodes.json', nodesText({ web: group }))
    const stale = 'warning: web: packer/web.json is of the other format and not used any more'
    expect(project.run('packer:create').err).toContain(stale)
    expect(project.has('packer/web.json')).toBe(true)
    project.write('nodes.json', nodesText({ web: { ...group, image: {} } }))
    expect(project.run('packer:create').err).toContain('web: packer/web.pkr.json is of the other format')
  })

  test("is refused beside a project's own template, which is for the legacy JSON", () => {
    const own = '{ "builders": [{{json builder}}] }'
    const project = new Project({
      'nodes.json': nodesText({ web: group, api: { ...group, image: {} } }),
      'templates/packer.json.hbs': own,
    })
    const { exit, err } = project.run('packer:create')
    expect(exit).toBe(3)
    expect(err).toContain('IMAGE_FORMAT: web: image.format is "hcl", and templates/packer.json.hbs')
    expect(project.has('packer')).toBe(false)
    expect(project.run('packer:create', 'api').exit).toBe(0)
  })
})

describeWith('packer', 'the real Packer, of what it knows', (packer) => {
  function complaints(project: Project, name: string): string {
    project.write('packer/old.pkr.json', forOldPacker(project.read(`packer/${name}.pkr.json`)))
    return packerComplaints(packer, project.folder, 'packer/old.pkr.json')
  }

  test.each(['12_04-bee', 'web', '0'])('accepts %s', (name) => {
    expect(complaints(created({ [name]: { ...group, data_bags: [] } }).project, name)).toBe('')
  })

  test('accepts every string that it can keep, and keeps it; what it cannot is left out and named', () => {
    const tags = Object.fromEntries(awkwardStrings.map((text, index) => [`tag${String(index)}`, text]))
    const ofOneLine = awkwardStrings.filter((text) => !text.includes('\n'))
    const keys = Object.fromEntries(ofOneLine.map((text) => [`key ${text}`, 'x']))
    const path = 'c${path.root}%{if}'
    const nodes = {
      __settings__: { cookbook_paths: [path] },
      web: { ...group, tags: { ...tags, ...keys } },
    }
    const { project, err } = created(nodes, { [`${path}/own/metadata.rb`]: '' })
    expect(complaints(project, 'web')).toBe('')
    const isLost = ([key, value]: [string, string]) => `${key} ${value}`.includes('{{')
    const [lost, kept] = [true, false].map((is) =>
      Object.entries({ ...tags, ...keys }).filter((tag) => isLost(tag) === is),
    ) as [[string, string][], [string, string][]]
    expect(err).toContain(`is without the tag ${lost.map(([key]) => key).join(', ')}, which`)
    const written = templateOf(project, 'web')
    const writtenTags = { ...(written.source['amazon-ebs']['web']?.['tags'] as Record<string, string>) }
    delete writtenTags['group']
    const sources = written.build.provisioner.flatMap(({ file }) => (file ? [file.source] : []))
    const texts = [...Object.entries(writtenTags).flat(), ...sources]
    const root = project.path('packer')
    expect(valuesInHcl(packer, project, texts)).toEqual([
      ...kept.flat(),
      ...['nodes.json', 'roles/web.json', `${path}/`].map((each) => `${root}/../${each}`),
    ])
  })
})

/** What Packer makes of texts: it shows local values as Go's %#v writes them, which is near to JSON. */
function valuesInHcl(packer: string, project: Project, texts: readonly string[]): string[] {
  const locals = Object.fromEntries(
    texts.map((text, index) => [`text${String(index).padStart(3, '0')}`, text]),
  )
  project.write('packer/texts.pkr.json', JSON.stringify({ locals }))
  const { stdout } = spawnSync(packer, ['inspect', project.path('packer/texts.pkr.json')], {
    encoding: 'utf8',
    env: { ...process.env, CHECKPOINT_DISABLE: '1' },
  })
  return [...stdout.matchAll(/^local\.text\d+: (".*")$/gm)].map(
    ([, text]) => JSON.parse(text ?? '') as string,
  )
}
