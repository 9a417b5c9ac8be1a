import { expect, test } from 'vitest'

import { templateDescription } from '../autoscale/template-description.ts'
import type { LaunchTemplateVersion } from '../ports/cloud/launch-templates.ts'
import type { ScalingGroup } from '../ports/cloud/scaling-groups.ts'
import { templateUses } from './template-uses.ts'

/** The image of a version is `ami-<version>`. */
function version(number: number, description: string): LaunchTemplateVersion {
  return {
    templateId: 'lt-1',
    templateName: 'tests/web',
    version: number,
    isDefault: false,
    description,
    imageId: `ami-${String(number)}`,
  }
}

function ours(number: number, previous: number | undefined): LaunchTemplateVersion {
  return version(number, templateDescription({ digest: String(number).repeat(64), previous }))
}

function groupOf(template: string): ScalingGroup {
  return {
    name: 'web-v003',
    arn: '',
    templates: [{ id: 'lt-1', version: template }],
    subnetIds: [],
    targetGroupArns: [],
    suspended: [],
    isBeingDeleted: false,
    tags: {},
    instances: [],
    min: 0,
    max: 0,
    desired: 0,
    healthCheck: 'EC2',
    gracePeriod: 0,
    cooldown: 0,
  }
}

/** The images in use where a group uses that version, of templates whose default and latest are not looked at. */
async function imagesUsed(template: string, versions: readonly LaunchTemplateVersion[]): Promise<string[]> {
  const uses = await templateUses({
    currentTemplateVersions: () => Promise.resolve([]),
    scalingGroups: () => Promise.resolve([groupOf(template)]),
    templateVersionsUpTo: (_id, highest) =>
      Promise.resolve(
        versions.filter((each) => each.version <= highest).sort((a, b) => b.version - a.version),
      ),
  })
  return uses.map(([imageId]) => imageId)
}

const plain = [1, 2, 4, 5].map((number) => version(number, ''))

test.each([
  [
    'its own and what ran before, past an update that failed',
    '3',
    [ours(1, undefined), ours(2, 1), ours(3, 1)],
    ['ami-3', 'ami-1'],
  ],
  ['its own alone, where it was the first to run', '2', [version(1, ''), ours(2, undefined)], ['ami-2']],
  [
    'its own and an earlier one, where what ran before is gone',
    '3',
    [ours(1, undefined), ours(3, 2)],
    ['ami-3', 'ami-1'],
  ],
  ['its own alone, where all that ran before are gone', '3', [ours(3, 2)], ['ami-3']],
  ['of a template of others, its own and the next lower', '4', plain, ['ami-4', 'ami-2']],
  ['of a template of others, nothing lower than the first', '1', plain, ['ami-1']],
  ['only the next lower, where its own is gone', '3', plain, ['ami-2']],
  ['nothing more, where it follows the latest', '$Latest', plain, []],
])('a group uses %s', async (_, template, versions, images) => {
  expect(await imagesUsed(template, versions)).toEqual(images)
})

test('each use says which version of which template, and why', async () => {
  const uses = await templateUses({
    currentTemplateVersions: () => Promise.resolve([{ ...version(1, ''), isDefault: true }, version(5, '')]),
    scalingGroups: () => Promise.resolve([groupOf('3')]),
    templateVersionsUpTo: () => Promise.resolve([ours(3, 1), ours(2, 1), ours(1, undefined)]),
  })
  expect(uses).toEqual([
    ['ami-1', 'launch template tests/web, version 1 (default)'],
    ['ami-5', 'launch template tests/web, version 5 (latest)'],
    ['ami-3', 'launch template tests/web, version 3 (used by autoscale group web-v003)'],
    ['ami-1', 'launch template tests/web, version 1 (what web-v003 would be rolled back to)'],
  ])
})
