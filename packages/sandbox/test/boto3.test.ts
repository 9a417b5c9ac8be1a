import { join } from 'node:path'

import { expect, test } from 'vitest'

import { image, servedAccount } from './served-account.ts'
import { describeWith } from './tools.ts'

describeWith('boto3', 'boto3 drives the HTTP door', () => {
  test('it launches, waits, pages, filters, tags, stops and terminates', async () => {
    // Two seconds until an instance runs, so that the waiter meets it pending.
    const { run, countOf } = await servedAccount(10)
    const script = join(import.meta.dirname, 'drive-with-boto3.py')
    const seen: unknown = JSON.parse(await run('python3', [script, image, '12']))
    expect(seen).toEqual({
      account: '123456789012',
      launched: [0, 'pending'],
      pages: [5, 5, 2],
      tags: [{ Key: 'group', Value: 'bée' }],
      keys: ['Name', 'group'],
      'user data': Buffer.from('#!/bin/sh\necho \'<bee> & "wasp"\'\n').toString('base64'),
      stopped: 'stopped',
      refusal: [
        {
          Code: 'InvalidInstanceID.NotFound',
          Message: "The instance ID 'i-0123456789abcdef0' does not exist",
        },
        400,
      ],
    })
    expect(countOf('RunInstances')).toBe(1)
  })
})

describeWith('boto3', 'boto3 drives load balancers', () => {
  test('it puts an instance behind one, waits for its health, lets it drain, and removes all', async () => {
    // Six seconds until the load balancer is active, so that the waiter meets it provisioning.
    const { run, countOf } = await servedAccount(10)
    const script = join(import.meta.dirname, 'balance-with-boto3.py')
    expect(JSON.parse(await run('python3', [script, image]))).toEqual({
      state: 'active',
      health: 'draining',
      refusal: 'ResourceInUse',
    })
    expect(countOf('DescribeTargetHealth')).toBeGreaterThan(2)
  })
})
