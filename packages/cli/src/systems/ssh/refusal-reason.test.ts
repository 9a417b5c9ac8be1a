import { expect, test } from 'vitest'

import { refusalReason } from './refusal-reason.ts'

const closed = 'kex_exchange_identification: Connection closed by remote host'
const verification = 'Host key verification failed.'

test.each([
  [
    'a jump host that is not there',
    [
      'ssh: connect to host bastion port 22: Connection refused',
      closed,
      'Connection closed by UNKNOWN port 65535',
    ],
    'ssh: connect to host bastion port 22: Connection refused',
  ],
  [
    'a host that its jump host does not get to',
    [
      'channel 0: open failed: connect failed: No route to host',
      'stdio forwarding failed',
      'Connection closed by UNKNOWN port 65535',
    ],
    'channel 0: open failed: connect failed: No route to host',
  ],
  [
    'a jump host that nobody knows',
    [
      'No ED25519 host key is known for bastion and you have requested strict checking.',
      verification,
      closed,
    ],
    'No ED25519 host key is known for bastion and you have requested strict checking.',
  ],
  [
    'a jump host that warns',
    ["Warning: Permanently added 'bastion' (ED25519) to the list of known hosts.", closed],
    closed,
  ],
  [
    'a login that is refused',
    ['ubuntu@10.0.0.7: Permission denied (publickey).', ''],
    'ubuntu@10.0.0.7: Permission denied (publickey).',
  ],
  [
    'nothing but the end',
    [closed, 'Connection closed by 10.0.0.7 port 22'],
    'Connection closed by 10.0.0.7 port 22',
  ],
  ['no word', ['', ''], 'ssh ended without a word'],
])('of %s the cause is told', (_what, said, reason) => {
  expect(refusalReason(`${said.join('\r\n')}\r\n`)).toBe(reason)
})

test('a changed key of an instance is explained; that of a jump host is its own', () => {
  const page = (host: string) =>
    [
      '@    WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED!     @',
      `Host key for ${host} has changed and you have requested strict checking.`,
      verification,
    ].join('\n')
  expect(refusalReason(page('i-0123abcd'))).toContain('.package/known_hosts')
  expect(refusalReason(`${page('bastion')}\n${closed}`)).toBe(
    'Host key for bastion has changed and you have requested strict checking.',
  )
})
