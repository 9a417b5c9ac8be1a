import { expect, test } from 'vitest'

import { hostKeysOf } from './host-keys.ts'

const ed25519 = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJd8dSTIBtgaPLdXfCUjKfC7ArPNkCvlnTqjfJd1L2T'
const ecdsa = `ecdsa-sha2-nistp256 ${'AAAAE2VjZHNhLXNoYTItbmlzdHAyNTY'.repeat(3)}=`
const begin = '-----BEGIN SSH HOST KEY KEYS-----'
const end = '-----END SSH HOST KEY KEYS-----'

test('the keys that cloud-init prints are found, without their comments', () => {
  const console = `[  12.3] booting\n${begin}\n${ecdsa} root@ip-172-31-0-4\n${ed25519} root@ip-172-31-0-4\n${end}\nlogin:`
  expect(hostKeysOf(console)).toEqual([ecdsa, ed25519])
})

test('lines with a prefix, as some images print them, and line ends of a serial console are read too', () => {
  const console = `${begin}\r\n[   31.6] cloud-init[810]: ${ed25519} root@host\r\n${end}\r\n`
  expect(hostKeysOf(console)).toEqual([ed25519])
})

test('keys that are not there whole yet are not taken', () => {
  expect(hostKeysOf('')).toEqual([])
  expect(hostKeysOf(`${begin}\n${ed25519} root@host\n`)).toEqual([])
  expect(hostKeysOf(`${ed25519} root@host\n`)).toEqual([])
})

test('of several boots, the last one counts', () => {
  const other = ed25519.replace('AAAAC3Nz', 'AAAAC3Nx')
  expect(hostKeysOf(`${begin}\n${ed25519}\n${end}\n...\n${begin}\n${other}\n${end}\n`)).toEqual([other])
})

test('what a program on the instance prints beside them is no key', () => {
  expect(hostKeysOf(`${begin}\nssh-ed25519 short\n* ${ed25519.slice(12)}\n${end}\n`)).toEqual([])
})
