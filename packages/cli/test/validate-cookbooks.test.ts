import { expect, test } from 'vitest'

import { nodesText, Project } from './project.ts'

const nodes = {
  __base__: { autoscale: false, run_list: ['recipe[base]'], post_run_list: ['recipe[late::clean@1.2]'] },
  web: { run_list: ['recipe[site::app]', 'role[elsewhere]'] },
  db: { run_list: ['recipe[nowhere]'] },
}

function project(files: Record<string, string> = {}): Project {
  return new Project({
    'nodes.json': nodesText(nodes),
    'cookbooks/base/recipes/default.rb': "package 'curl'\n",
    'cookbooks/late/recipes/clean.rb': "file '/tmp/x'\n",
    'cookbooks/site/recipes/app.rb': "service 'app'\n",
    ...files,
  })
}

test('recipes that exist and do something are all there is to want', () => {
  expect(project().run('nodes:validate', '--cookbooks', 'web').exit).toBe(0)
})

test('a cookbook that is missing is named with its place, of the groups that are asked about', () => {
  const refused = project().runJson('nodes:validate', '--cookbooks')
  expect(refused).toMatchObject({
    exit: 3,
    code: 'RECIPES_MISSING',
    problems: [{ pointer: '/db/run_list/0', text: expect.stringContaining('no cookbook nowhere') as string }],
  })
})

test('a recipe without a file, and one without a line of code, are problems; one of the base is shown once', () => {
  const files = { 'cookbooks/base/recipes/default.rb': '# to do\n\n', 'cookbooks/site/recipes/app.rb': '' }
  const { problems } = project(files).runJson('nodes:validate', '--cookbooks', 'web') as {
    problems: { pointer: string }[]
  }
  expect(problems.map(({ pointer }) => pointer)).toEqual(['/__base__/run_list/0', '/web/run_list/0'])
})

test('without the option, cookbooks are not looked for', () => {
  expect(project().run('nodes:validate').exit).toBe(0)
})
