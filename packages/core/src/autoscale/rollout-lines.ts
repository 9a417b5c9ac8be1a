import { launchedText } from './launched.ts'
import type { RolloutStep } from './rollout-step.ts'
import { settingLines } from './setting-steps.ts'
import { sizeLines } from './size-steps.ts'

type Lines = { [Kind in RolloutStep['do']]: (step: Extract<RolloutStep, { do: Kind }>) => string[] }

const lines: Lines = {
  claim: ({ name, goesOn, doomed }) =>
    goesOn ? [`${name}: go on with it`] : doomed === 'deleting' ? [`${name}: take out of charge`] : [],
  'mark-updated': () => [],
  freeze: ({ name, processes }) => [`${name}: suspend ${processes.join(', ')} meanwhile`],
  'create-version': ({ name, sizes: { min, max, desired }, targetGroupArns, goal }) => {
    const carried = targetGroupArns.filter((arn) => !goal.targetGroupArns.includes(arn))
    return [
      `${name}: create, with ${String(desired)} of ${String(min)} to ${String(max)} instances, from ${launchedText(goal.template)}`,
      ...(carried.length === 0 ? [] : [`${name}: carry over ${names(carried)}`]),
    ]
  },
  'await-healthy': ({ name }) => [`${name}: wait until all its instances are healthy`],
  'await-others': ({ name, seconds }) =>
    seconds === 0 ? [] : [`${name}: wait ${String(seconds)} s, so that the other nodes learn of it`],
  'match-capacity': ({ name, replaces }) => [`${name}: be no smaller than ${replaces}`],
  promote: ({ name }) => [`${name}: put in charge`],
  // The load balancer's own steps say it.
  'move-listeners': () => [],
  'confirm-healthy': () => [],
  'keep-failed': ({ name }) => [`${name}: keep, as failed`],
  'put-setting': settingLines,
  'remove-setting': settingLines,
  'delete-alarms': ({ alarms }) => [`alarm ${alarms.join(', ')}: delete`],
  resize: sizeLines,
  attach: ({ name, targetGroupArns }) => [`${name}: attach ${names(targetGroupArns)}`],
  'tag-commit': ({ name, commit }) => [`${name}: note commit ${commit}`],
  retire: ({ name }) => [`${name}: take out of charge`],
  detach: ({ name, targetGroupArns }) => [`${name}: detach and drain ${names(targetGroupArns)}`],
  empty: ({ name }) => [`${name}: end its instances`],
  'delete-version': ({ name }) => [`${name}: delete`],
  // Its own steps say it.
  'remove-load-balancer': () => [],
  thaw: ({ name, processes }) => [`${name}: resume ${processes.join(', ')}`],
  'set-default-template': ({ version }) => [`launch template: make version ${String(version)} the default`],
  'delete-template-versions': ({ versions }) => [`launch template: delete version ${versions.join(', ')}`],
  'delete-template': ({ templateName }) => [`launch template ${templateName}: delete`],
  'tidy-template': () => [],
  release: () => [],
}

/** What a step does, for people; nothing for what is of no interest to them. */
export function rolloutLines(step: RolloutStep): string[] {
  const linesOf = lines[step.do] as (step: RolloutStep) => string[]
  return linesOf(step)
}

function names(arns: readonly string[]): string {
  return `target group ${arns.map((arn) => arn.split('/')[1] ?? arn).join(', ')}`
}
