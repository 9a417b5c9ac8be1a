import { expect, test } from 'vitest'

import type { Files } from '../ports/files.ts'
import { launchTemplateName } from './launch-template-name.ts'

const files: Pick<Files, 'digest'> = {
  digest: ({ texts }) => Promise.resolve(`${String(texts[0]?.length)}-0123456789abcdef`),
}

const none = { project: 'hive', environment: undefined }

test('a launch template is named after project, environment and group', async () => {
  expect(await launchTemplateName(files, none, 'web')).toBe('hive/web')
  expect(await launchTemplateName(files, { ...none, environment: 'blue' }, 'web')).toBe('hive/blue/web')
})

test('a name that AWS would not take ends in its digest', async () => {
  const fitting = 'g'.repeat(123)
  expect(await launchTemplateName(files, none, fitting)).toBe(`hive/${fitting}`)
  const name = await launchTemplateName(files, none, `${fitting}g`)
  expect(name).toBe(`hive/${'g'.repeat(114)}-129-0123`)
  expect(name).toHaveLength(128)
})
