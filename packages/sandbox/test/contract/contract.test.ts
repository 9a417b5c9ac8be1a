import { afterAll, beforeAll, expect, test } from 'vitest'

import { describeWith } from '../tools.ts'
import { observedDifferences, type Played } from './compare.ts'
import { compareWithTable } from './difference.ts'
import { differences } from './differences.ts'
import { startMoto, type Moto } from './moto.ts'
import { playToMoto, playToSandbox } from './play.ts'
import { scenarios } from './scenarios.ts'

test.each(scenarios)('the sandbox answers as AWS documents: $name', async (scenario) => {
  const steps = await playToSandbox(scenario)
  const said = (part: 'outcome' | 'expected') => steps.map((step) => `${step.name}: ${step[part]}`)
  expect(said('outcome')).toEqual(said('expected'))
})

describeWith('moto', 'the contract of sandbox and moto', () => {
  let moto: Moto
  const played: Played[] = []
  beforeAll(async () => {
    moto = await startMoto()
    for (const scenario of scenarios) {
      played.push({
        scenario: scenario.name,
        sandbox: await playToSandbox(scenario),
        moto: await playToMoto(scenario, moto),
      })
    }
  })
  afterAll(() => moto.stop())

  test('both answer alike, but for what the table of differences tells', () => {
    const table = Object.values(differences).flat()
    expect(compareWithTable(observedDifferences(played), table)).toEqual({ unknown: [], gone: [] })
  })
})
