import {
  CreateKeyPairCommand,
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'

const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ3FSKtPCsgPcWjzkg2tl0RyHZOCkG1bkHrKvL3PTk3K a@b'
const bee = { KeyName: 'bee', PublicKeyMaterial: Buffer.from(publicKey) }

export const keyPairScenarios: Scenario[] = [
  {
    name: 'imported key pairs',
    async play(caller) {
      await caller.refuses('a dry run', 'DryRunOperation', new ImportKeyPairCommand({ ...bee, DryRun: true }))
      const imported = await caller.does(
        'import',
        new ImportKeyPairCommand({
          ...bee,
          TagSpecifications: [{ ResourceType: 'key-pair', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
        ({ KeyName, KeyFingerprint, Tags }) => ({ KeyName, KeyFingerprint, Tags }),
      )
      await caller.refuses('import what is there', 'InvalidKeyPair.Duplicate', new ImportKeyPairCommand(bee))
      await caller.refuses(
        'import what is no key',
        'InvalidKey.Format',
        new ImportKeyPairCommand({ KeyName: 'wasp', PublicKeyMaterial: Buffer.from('no key') }),
      )
      await caller.does(
        'find by tag',
        new DescribeKeyPairsCommand({ Filters: [{ Name: 'tag:group', Values: ['b*'] }] }),
        ({ KeyPairs }) =>
          KeyPairs?.map(({ KeyName, KeyType, KeyPairId }) => [
            KeyName,
            KeyType,
            KeyPairId === imported.KeyPairId,
          ]),
      )
      await caller.does(
        'find nothing by another tag',
        new DescribeKeyPairsCommand({ Filters: [{ Name: 'tag:group', Values: ['wasp'] }] }),
        ({ KeyPairs }) => KeyPairs?.length,
      )
      await caller.does(
        'show the public key',
        new DescribeKeyPairsCommand({ KeyNames: ['bee'], IncludePublicKey: true }),
        ({ KeyPairs }) => KeyPairs?.[0]?.PublicKey?.split(' ').slice(0, 2),
      )
    },
  },
  {
    name: 'created and deleted key pairs',
    async play(caller) {
      await caller.does(
        'create',
        new CreateKeyPairCommand({ KeyName: 'bee', KeyType: 'ed25519' }),
        ({ KeyMaterial }) => KeyMaterial?.split('\n')[0],
      )
      await caller.refuses(
        'create what is there',
        'InvalidKeyPair.Duplicate',
        new CreateKeyPairCommand({ KeyName: 'bee' }),
      )
      await caller.does('delete', new DeleteKeyPairCommand({ KeyName: 'bee' }), ({ Return }) => Return)
      await caller.does(
        'delete what is gone',
        new DeleteKeyPairCommand({ KeyName: 'bee' }),
        ({ Return }) => Return,
      )
      await caller.refuses(
        'name what is gone',
        'InvalidKeyPair.NotFound',
        new DescribeKeyPairsCommand({ KeyNames: ['bee'] }),
      )
    },
  },
]
