import { DescribeKeyPairsCommand, ImportKeyPairCommand } from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { testAccount } from './test-account.ts'

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3FSKtPCsgPcWjzkg2tl0RyHZOCkG1bkHrKvL3PTk3K a@b'

test('an imported key pair is found by name and tag, with its fingerprint', async () => {
  const { ec2 } = testAccount()
  await ec2.send(
    new ImportKeyPairCommand({
      KeyName: 'a <&> b',
      PublicKeyMaterial: Buffer.from(publicKey),
      TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'group', Value: 'bee' }] }],
    }),
  )
  const found = await ec2.send(
    new DescribeKeyPairsCommand({ Filters: [{ Name: 'tag:group', Values: ['b?e'] }] }),
  )
  expect(found.KeyPairs).toMatchObject([
    { KeyName: 'a <&> b', KeyFingerprint: '0cbER+DqoztlE8rcegfxAI7r95Jzu8NEWOB1ry/yecs=' },
  ])
})

test('a key pair that does not exist, a duplicate, and a dry run answer with the codes of AWS', async () => {
  const { ec2 } = testAccount()
  const key = { KeyName: 'bee', PublicKeyMaterial: Buffer.from(publicKey) }
  await expect(ec2.send(new ImportKeyPairCommand({ ...key, DryRun: true }))).rejects.toMatchObject({
    Code: 'DryRunOperation',
  })
  await expect(ec2.send(new DescribeKeyPairsCommand({ KeyNames: ['bee'] }))).rejects.toMatchObject({
    Code: 'InvalidKeyPair.NotFound',
  })
  await ec2.send(new ImportKeyPairCommand(key))
  await expect(ec2.send(new ImportKeyPairCommand(key))).rejects.toMatchObject({
    Code: 'InvalidKeyPair.Duplicate',
  })
})
