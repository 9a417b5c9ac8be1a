import { expect, test } from 'vitest'

import { convergedHook } from '../autoscale/declared-settings.ts'
import type { NodeGroup } from '../groups/node-group.ts'
import type { Files } from '../ports/files.ts'
import { namesFolder } from './bundle-folder.ts'
import { ownUserDataTemplate, userData, type UserDataRequest } from './user-data.ts'

const sizes = { node_min: 1, node_max: 2 }

function requestOf(fields: NodeGroup, more: Partial<UserDataRequest> = {}): UserDataRequest {
  return {
    group: { name: 'web', own: fields, fields },
    owner: { project: 'shop', environment: undefined },
    artifactsBucket: undefined,
    launch: 'autoscale',
    ...more,
  }
}

const withProfile: NodeGroup = { autoscale: sizes, iam_instance_profile: 'node' }
const hookLine = `# package:completes-hook ${convergedHook}`

/** The project's files when it has that template. */
const filesWith = (template: string) => ({ read: () => template }) as unknown as Files

test.each<[string, UserDataRequest, boolean]>([
  ['with an instance profile', requestOf(withProfile), true],
  ['without an instance profile', requestOf({ autoscale: sizes }), false],
  ['that converges unseen', requestOf({ ...withProfile, autoscale: { ...sizes, converge: 'none' } }), false],
  ['launched one by one', requestOf(withProfile, { launch: 'instance' }), false],
])('a node %s completes its launch hook or not', (_, request, completes) => {
  const { text } = userData(request)
  expect(text.split('\n').includes(hookLine)).toBe(completes)
  expect(text.includes('python3')).toBe(completes)
})

test('a time for getting healthy is no part of the launch specification; Chef is', () => {
  const within = (health_timeout: number) =>
    userData(requestOf({ ...withProfile, autoscale: { ...sizes, health_timeout } }))
  const usual = within(900)
  expect(usual.text).not.toContain(".py\" 'package-converged' beat")
  expect(within(7200)).toEqual(usual)
  expect(within(10_800).text).toContain(' beat 300 3600 &')
  expect(within(10_800).digested).toBe(usual.digested)
  const other = userData(requestOf({ ...withProfile, chef: { version: '17' } }))
  expect(other.digested).not.toBe(usual.digested)
})

test.each([
  [undefined, 'shop/-/web'],
  ['staging', 'shop/staging/web'],
])('the bundle of the environment %s lies in %s', (environment, folder) => {
  const owner = { project: 'shop', environment }
  const { text } = userData(requestOf({}, { owner, artifactsBucket: 'artifacts', launch: 'instance' }))
  expect(text).toContain(`fetch_bundle.py" 'artifacts' '${folder}' `)
})

test('which folder of which bucket user data fetches from can be read in it', async () => {
  const given: Partial<UserDataRequest> = { artifactsBucket: 'artifacts', launch: 'instance' }
  const own = '#!/bin/sh\naws s3 cp s3://{{bundle.bucket}}/{{bundle.folder}}/bundle.tar.gz .\n'
  const render = await ownUserDataTemplate(filesWith(own))
  for (const { text } of [userData(requestOf({}, given)), userData(requestOf({}, given), render)]) {
    expect(namesFolder(text, 'artifacts', 'shop/-/web')).toBe(true)
    for (const bucket of ['artifact', 'artifacts-2', 'artefacts']) {
      expect(namesFolder(text, bucket, 'shop/-/web')).toBe(false)
    }
    for (const folder of ['shop/-/we', 'shop/-/web-2', 'shop/staging/web']) {
      expect(namesFolder(text, 'artifacts', folder)).toBe(false)
    }
  }
  const { text } = userData(requestOf({}, { launch: 'instance' }))
  expect(namesFolder(text, 'artifacts', 'shop/-/web')).toBe(false)
})

test("a project's own template is given the tool's script", async () => {
  const render = await ownUserDataTemplate(filesWith('#!/bin/sh\necho {{sh group}}\n{{script}}'))
  const { text } = userData(requestOf(withProfile), render)
  expect(text).toMatch(/^#!\/bin\/sh\necho 'web'\n# Made by package/)
  expect(text).toContain(hookLine)
})

test('a template that leaves out the hook, fails or is too long is refused', async () => {
  const refusalOf = async (template: string) => {
    try {
      return userData(requestOf(withProfile), await ownUserDataTemplate(filesWith(template))).text
    } catch (error) {
      return error
    }
  }
  const invalid = { kind: 'config', code: 'TEMPLATE_INVALID' }
  expect(await refusalOf('#!/bin/sh\ntrue\n')).toMatchObject(invalid)
  expect(await refusalOf('{{json grop}}')).toMatchObject(invalid)
  expect(await refusalOf('{{#if}')).toMatchObject(invalid)
  const long = { kind: 'config', code: 'USER_DATA_LONG' }
  expect(await refusalOf(`{{script}}\n# ${'ż'.repeat(4096)}`)).toMatchObject(long)
})
