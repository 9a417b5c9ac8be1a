import { join } from 'node:path'

import { afterAll, beforeAll, expect, test } from 'vitest'

import { services } from '../../src/services.ts'
import { describeWith } from '../tools.ts'
import { observedDifferences, type Played } from './compare.ts'
import { compareWithTable } from './difference.ts'
import { differences } from './differences.ts'
import { contractDocument } from './document.ts'
import { knownToMoto } from './moto-operations.ts'
import { startMoto, type Moto } from './moto.ts'
import { playToMoto, playToSandbox } from './play.ts'
import { scenarios } from './scenarios.ts'

const documentPath = join(import.meta.dirname, '../../../../docs/contract.md')

/** What the sandbox knows, by service. S3 has no client among the dependencies to play it with. */
const operations = Object.fromEntries(
  [...services]
    .filter(([, { protocol }]) => protocol !== 'rest')
    .map(([name, service]) => [name, [...service.operations.keys()].sort()]),
)

test.each(scenarios)('the sandbox answers as AWS documents: $name', async (scenario) => {
  const steps = await playToSandbox(scenario)
  const said = (part: 'outcome' | 'expected') => steps.map((step) => `${step.name}: ${step[part]}`)
  expect(said('outcome')).toEqual(said('expected'))
})

describeWith('moto', 'the contract of sandbox and moto', () => {
  let moto: Moto | undefined
  const played: Played[] = []
  beforeAll(async () => {
    const server = await startMoto()
    moto = server
    for (const scenario of scenarios) {
      played.push({
        scenario: scenario.name,
        sandbox: await playToSandbox(scenario),
        moto: await playToMoto(scenario, server),
      })
    }
  })
  afterAll(() => moto?.stop())

  test('both answer alike, but for what the table of differences tells', () => {
    const table = Object.values(differences).flat()
    expect(compareWithTable(observedDifferences(played), table)).toEqual({ unknown: [], gone: [] })
  })

  test('every scenario is played to its end with both', () => {
    const unreached = played.flatMap(({ scenario, sandbox, moto: steps }) =>
      sandbox.slice(steps.length).map(({ name }) => `${scenario}: ${name}`),
    )
    expect(unreached).toEqual([])
  })

  test('every operation that both know is in a scenario, and succeeds with both in one', () => {
    const succeeded = new Set(played.flatMap(succeededWithBoth))
    expect(
      Object.values(knownToBoth())
        .flat()
        .filter((name) => !succeeded.has(name)),
    ).toEqual([])
  })

  test('docs/contract.md tells of every difference', async () => {
    const known = knownToBoth()
    const unknown = Object.entries(operations).flatMap(([service, names]) =>
      names.filter((name) => !(known[service] ?? []).includes(name)),
    )
    await expect(contractDocument(differences, unknown)).toMatchFileSnapshot(documentPath)
  })
})

const knownToBoth = () => knownToMoto(operations)

function succeededWithBoth({ sandbox, moto }: Played): string[] {
  const names = new Set(moto.flatMap(({ name, outcome }) => (outcome === 'ok' ? [name] : [])))
  return sandbox.flatMap(({ name, operation, outcome }) =>
    outcome === 'ok' && names.has(name) ? [operation] : [],
  )
}
