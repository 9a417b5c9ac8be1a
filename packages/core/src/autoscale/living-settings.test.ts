import { readFileSync } from 'node:fs'

import { expect, test } from 'vitest'

import { parseNodes } from '../groups/parse-nodes.ts'
import { autoscaleOf } from './autoscale-defaults.ts'
import { declaredSettings } from './declared-settings.ts'

const text = readFileSync(new URL('../../../../nodes.json', import.meta.url), 'utf8')
const nodes = await parseNodes('nodes.json', text)

function settingsOf(name: string, kind: string) {
  const group = nodes.groups.get(name)
  if (group === undefined) throw new Error(`nodes.json has no ${name}`)
  const place = { owner: { project: 'hive', environment: undefined }, group: name, traffic: undefined }
  return declaredSettings(autoscaleOf(group), place).filter((setting) => setting.kind === kind)
}

test('geodiff-worker is off at night by its schedule, and may have no instance', () => {
  const zone = { TimeZone: 'America/Argentina/Buenos_Aires' }
  expect(settingsOf('geodiff-worker', 'schedule')).toEqual([
    {
      kind: 'schedule',
      name: 'package/schedule-1',
      definition: { Recurrence: '0 7 * * *', ...zone, DesiredCapacity: 4 },
    },
    {
      kind: 'schedule',
      name: 'package/schedule-2',
      definition: { Recurrence: '0 22 * * *', ...zone, DesiredCapacity: 0 },
    },
  ])
  const worker = nodes.groups.get('geodiff-worker')
  expect(worker && autoscaleOf(worker).sizes).toEqual({ min: 0, max: 4, desired: 4 })
})

test('ccr-repository grows by its policy: with the tuners that are connected', () => {
  expect(settingsOf('ccr-repository', 'policy')).toEqual([
    {
      kind: 'policy',
      name: 'package/tuners',
      definition: {
        PolicyType: 'TargetTrackingScaling',
        TargetTrackingConfiguration: {
          CustomizedMetricSpecification: {
            Namespace: 'CCR',
            MetricName: 'ConnectedTuners',
            Dimensions: [{ Name: 'group', Value: 'ccr-repository' }],
            Statistic: 'Average',
          },
          TargetValue: 2,
          DisableScaleIn: false,
        },
        EstimatedInstanceWarmup: 300,
        Enabled: true,
      },
    },
  ])
  const repository = nodes.groups.get('ccr-repository')
  expect(repository && autoscaleOf(repository)).toMatchObject({
    sizes: { min: 2, max: 10, desired: 2 },
    timings: { healthCheck: 'ELB' },
  })
})

test('every autoscale group of the repository has settings, and its nodes a launch hook', () => {
  const groups = [...nodes.groups.values()].filter(({ fields }) => typeof fields.autoscale === 'object')
  expect(groups.map(({ name }) => settingsOf(name, 'hook').length)).toEqual(
    Array.from({ length: 8 }, () => 1),
  )
})
