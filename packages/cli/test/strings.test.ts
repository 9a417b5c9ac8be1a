import { describe, expect, test } from 'vitest'

import { awkwardStrings } from './awkward-strings.ts'
import { nodesText, Project } from './project.ts'

describe('awkward strings survive unharmed', () => {
  const attributes = {
    list: [...awkwardStrings],
    nested: Object.fromEntries(awkwardStrings.map((text) => [text, { [text]: text }])),
  }
  const group = {
    description: awkwardStrings.join(' '),
    default_attributes: attributes,
    override_attributes: { texts: attributes },
    region: 'us-east-1',
    instance_type: 't3.micro',
    source_ami: 'ami-12345678',
    autoscale: { node_min: 1, node_max: 1 },
  }

  test('in the role', () => {
    const project = new Project({ 'nodes.json': nodesText({ web: group }) })
    expect(project.run('role:create').exit).toBe(0)
    expect(project.json('roles/web.json')).toMatchObject({
      description: group.description,
      default_attributes: attributes,
      override_attributes: { texts: attributes },
    })
  })

  test("in a project's own Packer template", () => {
    const template = `{ "own": {{json group}}, "ami_name": "{{group}} \\{{timestamp}}", "builders": [{{json builder}}] }`
    const project = new Project({
      'nodes.json': nodesText({ web: group }),
      'templates/packer.json.hbs': template,
    })
    expect(project.run('packer:create').exit).toBe(0)
    expect(project.json('packer/web.json')).toMatchObject({ own: 'web', ami_name: 'web {{timestamp}}' })
  })

  test('in nodes:explain', () => {
    const project = new Project({ 'nodes.json': nodesText({ web: group }) })
    const { data } = project.runJson('nodes:explain', 'web', '/default_attributes/list') as {
      data: { values: { value: string[] }[] }
    }
    expect(data.values.map(({ value }) => value)).toEqual([awkwardStrings])
  })

  test.each(['json', 'hcl'])('files are the same, byte for byte, for the same input, in %s', (format) => {
    const [first, second] = [1, 2].map(() => {
      const project = new Project({ 'nodes.json': nodesText({ web: { ...group, image: { format } } }) })
      for (const action of ['packer:create', 'autoscale:create']) expect(project.run(action).exit).toBe(0)
      return project.files().map((path) => [path, project.read(path)])
    })
    expect(first).toEqual(second)
    expect(first).toHaveLength(4)
  })
})

describe("a project's own Packer template", () => {
  const nodes = nodesText({
    web: { region: 'us-east-1', instance_type: 't3.micro', source_ami: 'ami-12345678' },
  })
  test.each([
    ['a name that does not exist', '{ "a": {{json grup}} }', 'on line 1 has no value'],
    ['a name that does not exist in a loop', '{ "builders": [{{#each uploadz}}1{{/each}}] }', '#each'],
    ['JSON that is no template', '[1]', 'has no list of "builders"'],
    ['an unclosed block', '{{#if group}}{}', 'Parse error'],
    ['text that is not JSON', '{ "a": {{group}} }', 'JSON'],
    ["Packer's own braces, not escaped", '{ "a": "{{timestamp}}" }', 'timestamp'],
  ])('with %s is refused, and nothing is written', (_name, template, says) => {
    const project = new Project({ 'nodes.json': nodes, 'templates/packer.json.hbs': template })
    const { exit, out, err } = project.run('packer:create')
    expect({ exit, out }).toEqual({ exit: 3, out: '' })
    expect(err).toContain('templates/packer.json.hbs gives no Packer template')
    expect(err).toContain(says)
    expect(project.has('packer')).toBe(false)
    expect(project.has('roles')).toBe(false)
  })
})

test('a group without what an image needs is refused, and all of it is named', () => {
  const project = new Project({ 'nodes.json': nodesText({ web: { region: 'us-east-1' } }) })
  const { exit, err } = project.run('packer:create')
  expect(exit).toBe(3)
  expect(err).toContain('web has no "instance_type", "source_ami": no image can be made')
  expect(project.files()).toEqual(['nodes.json'])
})
