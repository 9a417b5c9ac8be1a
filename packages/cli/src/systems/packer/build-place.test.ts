import { describe, expect, test } from 'vitest'

import { awsPlace, sandboxPlace } from './build-place.ts'

const inherited = { PATH: '/bin', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b', AWS_PROFILE: 'c' }

describe("the operator's AWS", () => {
  test('is what the environment says', () => {
    expect(awsPlace(inherited, undefined)).toEqual({ builder: {}, environment: inherited })
  })

  test('is that of the profile alone, where one is named', () => {
    const { environment } = awsPlace(inherited, 'ops')
    expect(environment).toEqual({ PATH: '/bin', AWS_PROFILE: 'ops', AWS_SDK_LOAD_CONFIG: '1' })
  })

  test('is where the rest of the tool finds it', () => {
    const { builder } = awsPlace({ ...inherited, AWS_ENDPOINT_URL: 'http://127.0.0.1:1' }, undefined)
    expect(builder).toEqual({ custom_endpoint_ec2: 'http://127.0.0.1:1' })
  })
})

test('a sandbox gets nothing of the real credentials', () => {
  const { builder, environment } = sandboxPlace({ ...inherited, AWS_SESSION_TOKEN: 'd' }, 'http://x', 2222)
  expect(builder).toMatchObject({ custom_endpoint_ec2: 'http://x', ssh_port: 2222 })
  expect(environment).toMatchObject({ PATH: '/bin', AWS_ACCESS_KEY_ID: 'sandbox' })
  expect(environment).not.toHaveProperty('AWS_SESSION_TOKEN')
  expect(environment).not.toHaveProperty('AWS_PROFILE')
})
