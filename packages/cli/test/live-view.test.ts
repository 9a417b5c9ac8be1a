import { spawnSync } from 'node:child_process'

import { expect, test } from 'vitest'

import { cli } from './project.ts'
import { Screen } from './screen.ts'
import { SeededImages } from './seeded-images.ts'

const [columns, rows] = [70, 14]

/** A project whose groups start with so many instances each; all have an image. */
function projectWith(groups: Readonly<Record<string, number>>): SeededImages {
  const project = new SeededImages({
    __settings__: { project: 'tests' },
    __base__: {
      region: 'eu-central-1',
      instance_type: 't3.micro',
      ssh_username: 'ubuntu',
      source_ami: { owner: '099720109477', name: 'ubuntu-noble-*' },
      iam_instance_profile: 'web',
      run_list: ['recipe[web]'],
    },
    ...Object.fromEntries(
      Object.entries(groups).map(([name, size]) => [name, { autoscale: { node_min: size, node_max: size } }]),
    ),
  })
  for (const group of Object.keys(groups)) project.addImage({ age: 1, group })
  project.seed()
  return project
}

/** What a terminal is sent. */
function onTerminal(project: SeededImages, variables: Record<string, string> = {}): string {
  const size = `stty cols ${String(columns)} rows ${String(rows)}`
  const command = `${size}; exec ${process.execPath} ${cli} autoscale:run`
  const { stdout } = spawnSync('script', ['-qec', command, '/dev/null'], {
    cwd: project.folder,
    env: { ...process.env, ...project.environment, CI: '', TERM: 'xterm', ...variables },
    encoding: 'utf8',
    timeout: 60_000,
  })
  return stdout
}

const escape = '\u001B'
const wayToTop = new RegExp(String.raw`(?=${escape}\[\d+A)`, 'u')
const colour = new RegExp(String.raw`${escape}\[\d*m`, 'u')

test('groups side by side on a terminal: a bar each, their instances, and nothing of it left in the end', () => {
  const sent = onTerminal(projectWith({ big: 30, little: 1 }))
  const screen = new Screen(columns, rows)
  // Each time that the area is written over it begins with the way to its top.
  const frames = sent.split(wayToTop).map((part) => screen.write(part).text)
  const area = frames
    .map((text) => text.split('\n'))
    .find((lines) => isBar(lines, 'big') && isBar(lines, 'little'))
  expect(area?.find((line) => line.startsWith('big-v000 '))).toMatch(
    /^big-v000 {5}\[[# ]+\] {2}\d+ of 30 healthy {2}1\d:\d\d left$/,
  )
  expect(area).toContainEqual(expect.stringMatching(/^ {2}i-[0-9a-f]+ {2}eu-central-1[abc] {2}\S/))
  expect(area).toContainEqual(expect.stringMatching(/^ {2}and \d+ more/))
  expect(screen.text).not.toMatch(/of \d+ healthy|^ {2}i-|left$/m)
  expect(screen.text).toMatch(/^big: started$/m)
  expect(screen.text).toMatch(/\nstarted +big +big-v000 +ami-\w+\nstarted +little +little-v000 +ami-\w+\n$/)
})

test.each([
  ['in a CI system', { CI: 'true' }],
  ['on a dumb terminal', { TERM: 'dumb' }],
])('%s there are plain lines', (_, variables) => {
  const sent = onTerminal(projectWith({ web: 2 }), variables)
  expect(sent).not.toContain(escape)
  expect(sent).toMatch(/^web-v000: 2 of 2 healthy\r?$/m)
})

test('with NO_COLOR lines are written over without colours', () => {
  const sent = onTerminal(projectWith({ web: 2 }), { NO_COLOR: '1' })
  expect(sent).toContain('\u001B[J')
  expect(sent).not.toMatch(colour)
})

test('off a terminal five hundred instances are few lines, and short ones', () => {
  const { exit, err } = projectWith({ web: 500 }).run('autoscale:run')
  const lines = err.trimEnd().split('\n')
  expect(exit).toBe(0)
  expect(lines).toContainEqual('web-v000: 500 of 500 healthy')
  expect(lines.length).toBeLessThan(50)
  expect(Math.max(...lines.map(({ length }) => length))).toBeLessThan(250)
})

function isBar(lines: readonly string[], group: string): boolean {
  return lines.some((line) => line.startsWith(`${group}-v000`) && line.includes('['))
}
