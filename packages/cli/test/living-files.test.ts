import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, test } from 'vitest'

import { Project } from './project.ts'
import { checkout } from './tools.ts'

interface Written {
  data: { files: { path: string; status: string }[] }
}

/** The checkout's own nodes.json and what it gives: nothing is written there. */
describe('the committed files', () => {
  test.each(['role:create', 'packer:create', 'autoscale:create'])('are exactly what %s gives', (action) => {
    const { data } = new Project().runJson(action, '--dry-run', '-C', checkout) as unknown as Written
    expect(data.files.filter(({ status }) => status !== 'unchanged')).toEqual([])
    expect(data.files.length).toBeGreaterThanOrEqual(12)
  })

  test('are no more than that', () => {
    const given = new Set(
      ['packer:create', 'autoscale:create'].flatMap((action) => {
        const { data } = new Project().runJson(action, '--dry-run', '-C', checkout) as unknown as Written
        return data.files.map(({ path }) => path)
      }),
    )
    const committed = ['roles', 'packer', 'dna/asg'].flatMap((folder) =>
      readdirSync(join(checkout, folder)).map((name) => `${folder}/${name}`),
    )
    expect(committed.filter((path) => !given.has(path))).toEqual([])
  })

  test('hold the groups that the four systems and the seed have', () => {
    const { data } = new Project().runJson('nodes:list', '-C', checkout) as {
      data: { groups: { group: string; nodes: string }[] }
    }
    const nodes = Object.fromEntries(
      data.groups.map(({ group, nodes: count }) => [group, count.replace(/ .*/, '')]),
    )
    expect(nodes).toEqual({
      bigchaindb: '4',
      'geodiff-manager': '1',
      'geodiff-web': '1',
      'geodiff-worker': 'asg',
      'ccr-nfs': '1',
      'ccr-web': 'asg',
      'ccr-repository': 'asg',
      'parity-mainnet': 'asg',
      '12_04-bee': 'asg',
      '12_04-www': 'asg',
      'ftp-listener': 'asg',
      'ftp-processor': 'asg',
    })
  })
})
