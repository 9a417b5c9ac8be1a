import { expect, test } from 'vitest'

import { compareWithTable, type Difference } from './difference.ts'

const volume = { at: 'CreateVolume: Volume.Iops', sandbox: 'there', moto: 'absent' }
const step = { at: 'volumes: create', sandbox: 'ok', moto: 'Error' }

function entry(at: string, sandbox: string, moto: string): Difference {
  return {
    at: [at],
    sandbox,
    moto,
    right: 'sandbox',
    aws: 'a sentence',
    page: 'https://docs.aws.amazon.com/',
  }
}

test('a table that tells of what was observed, and of nothing else, has nothing unknown and nothing gone', () => {
  const table = [entry('*: Volume.Iops', 'there', 'absent'), entry('volumes: create', 'ok', 'Error')]
  expect(compareWithTable([volume, step], table)).toEqual({ unknown: [], gone: [] })
})

test('a difference with other answers than the table has is unknown, and its entry is gone', () => {
  const table = [entry('CreateVolume: Volume.*', 'absent', 'there')]
  expect(compareWithTable([volume], table)).toEqual({
    unknown: ['CreateVolume: Volume.Iops\n  sandbox: there\n  moto: absent'],
    gone: ['CreateVolume: Volume.*\n  sandbox: absent\n  moto: there'],
  })
})

test('a pattern stands for whole beginnings and endings only', () => {
  const { unknown } = compareWithTable([volume], [entry('*: Volume.Io', 'there', 'absent')])
  expect(unknown).toHaveLength(1)
})
