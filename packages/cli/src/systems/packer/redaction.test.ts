import { expect, test } from 'vitest'

import { redaction, secretsOf } from './redaction.ts'

test.each([
  ['id AKIAABCDEFGHIJKLMNOP.', 'id <redacted>.'],
  ['ASIAABCDEFGHIJKLMNOP', '<redacted>'],
  ['secret_key=abc/d+e f', 'secret_key=<redacted> f'],
  ['"SecretAccessKey": "abc",', '"SecretAccessKey": "<redacted>",'],
  ['export AWS_SESSION_TOKEN=abc', 'export AWS_SESSION_TOKEN=<redacted>'],
  ['X-Ops-Authorization-1: abc', 'X-Ops-Authorization-1: <redacted>'],
  ['git clone https://me:word@host/x', 'git clone https://me:<redacted>@host/x'],
  ['a -----BEGIN RSA PRIVATE KEY-----\nMII\n-----END RSA PRIVATE KEY----- b', 'a <redacted> b'],
  ['said known-secret-of-ours!', 'said <redacted>!'],
  ['HttpTokens: required, http://host:80/x@y', 'HttpTokens: required, http://host:80/x@y'],
])('%s', (line, shown) => {
  expect(redaction(['known-secret-of-ours'])(line)).toBe(shown)
})

test('a private key over several lines', () => {
  const lines = [
    '    amazon-ebs: -----BEGIN OPENSSH PRIVATE KEY-----',
    '    amazon-ebs: b3BlbnNzaC1rZXktdjEAAAAABG5vbmU=',
    '==> amazon-ebs: AAAA',
    '    amazon-ebs: -----END OPENSSH PRIVATE KEY----- after',
    '    amazon-ebs: AAAA',
  ]
  expect(lines.map(redaction([]))).toEqual([
    '    amazon-ebs: <redacted>',
    '<redacted>',
    '<redacted>',
    '<redacted> after',
    '    amazon-ebs: AAAA',
  ])
})

test('a private key that never ends hides no more than itself', () => {
  const lines = ['-----BEGIN PRIVATE KEY-----', 'MIIE', 'ERROR: could not go on', 'MIIE']
  expect(lines.map(redaction([]))).toEqual(['<redacted>', '<redacted>', 'ERROR: could not go on', 'MIIE'])
})

test('the credentials of the environment are secrets; a dummy is a word', () => {
  const environment = { AWS_SECRET_ACCESS_KEY: 'sandbox', AWS_SESSION_TOKEN: 'x'.repeat(40), HOME: '/root' }
  expect(secretsOf(environment)).toEqual(['x'.repeat(40)])
})
