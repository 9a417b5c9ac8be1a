import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { deriveTemplate, type RunOfTemplate } from './derive-template.ts'

const run: RunOfTemplate = {
  path: 'packer/web.json',
  folder: '/srv/a "fleet"/packer',
  region: 'eu-central-1',
  tags: { group: 'web', 'package:digest': 'abc' },
  keyPairName: 'package-build-web',
  builder: {},
  ownCidr: '203.0.113.7/32',
  packerVersion: '1.6.6',
}

interface Template {
  builders: Record<string, unknown>[]
  provisioners: { source?: string; inline?: string[] }[]
}

function derived(template: object, more: Partial<RunOfTemplate> = {}): Template {
  return JSON.parse(deriveTemplate(JSON.stringify(template), { ...run, ...more })) as Template
}

function builderOf(builder: object, more: Partial<RunOfTemplate> = {}): Record<string, unknown> {
  return derived({ builders: [{ type: 'amazon-ebs', ...builder }] }, more).builders[0] ?? {}
}

describe('the template of one run', () => {
  test('has the tags of the run beside its own on all that a build makes', () => {
    const builder = builderOf({ tags: { team: 'a', group: 'old' }, run_tags: { by: 'b' } })
    expect(builder['tags']).toEqual({ team: 'a', ...run.tags })
    expect(builder['run_tags']).toEqual({ by: 'b', ...run.tags })
    expect(builder['snapshot_tags']).toEqual(run.tags)
    expect(builder['run_volume_tags']).toEqual(run.tags)
  })

  test('leaves out a tag that Packer would render', () => {
    expect(builderOf({}, { tags: { a: '{{user `x`}}', b: 'c' } })['tags']).toEqual({ b: 'c' })
  })

  test('has the region and the members of the run, and leaves other builders alone', () => {
    const { builders } = derived(
      { builders: [{ type: 'docker' }, { type: 'amazon-ebs', region: 'us-east-1' }] },
      { builder: { ssh_port: 2222 } },
    )
    expect(builders[0]).toEqual({ type: 'docker' })
    expect(builders[1]).toMatchObject({ region: 'eu-central-1', ssh_port: 2222 })
  })

  test('lets only the operator in, unless the template says who', () => {
    const name = 'temporary_security_group_source_cidrs'
    expect(builderOf({})[name]).toEqual(['203.0.113.7/32'])
    expect(builderOf({ [name]: ['10.0.0.0/8'] })[name]).toEqual(['10.0.0.0/8'])
    expect(builderOf({ security_group_id: 'sg-1' })).not.toHaveProperty(name)
    expect(builderOf({ ssh_interface: 'private_ip' })).not.toHaveProperty(name)
    expect(builderOf({}, { ownCidr: undefined })).not.toHaveProperty(name)
  })

  test('has the key pair of the run, unless it has one of its own', () => {
    expect(builderOf({})['temporary_key_pair_name']).toBe(run.keyPairName)
    expect(builderOf({ ssh_keypair_name: 'own' })).not.toHaveProperty('temporary_key_pair_name')
  })

  test('still means the folder of the committed template', () => {
    const { provisioners } = derived({
      builders: [{ type: 'amazon-ebs' }],
      provisioners: [
        { source: '{{template_dir}}/../nodes.json' },
        { inline: ['echo template_dir', '{{ template_dir | upper }} {{build `ID`}}'] },
      ],
    })
    const folder = String.raw`"/srv/a \"fleet\"/packer"`
    expect(provisioners[0]?.source).toBe(`{{${folder}}}/../nodes.json`)
    expect(provisioners[1]?.inline).toEqual(['echo template_dir', `{{ ${folder} | upper }} {{build \`ID\`}}`])
  })

  test('of a committed one differs in nothing else', () => {
    const text = readFileSync(
      join(import.meta.dirname, '../../../../../packer/12_04-bee.json'),
      'utf8',
    ).replaceAll('{{template_dir}}', '')
    const committed = JSON.parse(text) as Template
    const builder = { ...committed.builders[0], temporary_key_pair_name: run.keyPairName }
    expect(derived(committed, { tags: {}, ownCidr: undefined, region: 'us-east-1' })).toEqual({
      ...committed,
      builders: [builder],
    })
  })

  test.each(['', '[]', '{}', '{"builders":[{"type":"docker"}]}'])('is not made of %j', (text) => {
    expect(() => deriveTemplate(text, run)).toThrow('packer/web.json is no Packer template for AWS')
  })
})

test('without an amazon builder, which only a template of the project lacks, it says where to add one', () => {
  const text = '{"builders":[{"type":"docker"}]}'
  expect(() => deriveTemplate(text, run)).toThrow(
    expect.objectContaining({
      hint: expect.stringMatching(/^give templates\/packer\.json\.hbs one/) as string,
    }),
  )
})

describe('HCL2 JSON', () => {
  const hcl = { ...run, path: 'packer/web.pkr.json', folder: '/srv/${a}/packer' }

  test.each([
    ['objects', { 'amazon-ebs': { web: { tags: { a: 'b' } } } }],
    ['lists', [{ 'amazon-ebs': [{ web: [{ tags: { a: 'b' } }] }] }]],
  ])('has its sources in %s', (_name, source) => {
    const text = deriveTemplate(JSON.stringify({ source }), { ...hcl, builder: { ssh_port: 2222 } })
    expect(text).toContain('"ssh_port": 2222')
    expect(text).toContain('"a": "b"')
    expect(text).toContain('"package:digest": "abc"')
  })

  test('has texts of its own, and its own word for the folder', () => {
    const build = { provisioner: { file: { source: '${path.root}/../nodes.json' } } }
    const source = { 'amazon-ebs': { web: { user_data: '$${path.root}' } } }
    const template = { source, build }
    const made = JSON.parse(deriveTemplate(JSON.stringify(template), { ...hcl, tags: { a: '%{b}' } })) as {
      build: typeof build
      source: { 'amazon-ebs': { web: { tags: object; user_data: string } } }
    }
    expect(made.build.provisioner.file.source).toBe('${"/srv/$${a}/packer"}/../nodes.json')
    expect(made.source['amazon-ebs'].web.tags).toEqual({ a: '%%{b}' })
    expect(made.source['amazon-ebs'].web.user_data).toBe('$${path.root}')
  })

  test('that names its plugins needs a Packer that knows them', () => {
    const text = JSON.stringify({ packer: {}, source: { 'amazon-ebs': { web: {} } } })
    expect(() => deriveTemplate(text, hcl)).toThrow('at least 1.7.0 is needed')
    expect(deriveTemplate(text, { ...hcl, packerVersion: '1.7.0' })).toContain('"packer": {}')
  })
})
