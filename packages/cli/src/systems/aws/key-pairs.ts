import {
  DeleteKeyPairCommand,
  DescribeKeyPairsCommand,
  ImportKeyPairCommand,
  type Filter,
  type KeyPairInfo,
} from '@aws-sdk/client-ec2'
import type { KeyPair, KeyPairs } from '@package/core/ports/cloud/key-pairs'

import { awsCodeOf } from './aws-error.ts'
import type { Consistent } from './consistent.ts'
import type { Send } from './sender.ts'
import { tagFilters, tagList, toTags } from './tags.ts'

export function keyPairs(send: Send, consistent: Consistent): KeyPairs {
  const describe = async (filters: Filter[]) => {
    const command = new DescribeKeyPairsCommand({ Filters: filters, IncludePublicKey: true })
    const { KeyPairs: found = [] } = await send(command)
    return found.map(toKeyPair)
  }
  return {
    async keyPair(name) {
      try {
        const command = new DescribeKeyPairsCommand({ KeyNames: [name], IncludePublicKey: true })
        const { KeyPairs: found = [] } = await send(command)
        return found.map(toKeyPair)[0]
      } catch (error) {
        if (awsCodeOf(error) === 'InvalidKeyPair.NotFound') return undefined
        throw error
      }
    },
    keyPairs: (tags) => describe(tagFilters(tags)),
    keyPairsNamed: (pattern) => describe([{ Name: 'key-name', Values: [pattern] }]),
    async importKeyPair(name, publicKey, tags) {
      await send(
        new ImportKeyPairCommand({
          KeyName: name,
          PublicKeyMaterial: new TextEncoder().encode(publicKey),
          TagSpecifications: [{ ResourceType: 'key-pair', Tags: tagList(tags) }],
        }),
      )
      consistent.made(name)
    },
    /** AWS itself answers the deletion of one that is gone with success. */
    async deleteKeyPair(id) {
      await send(new DeleteKeyPairCommand({ KeyPairId: id }))
    },
  }
}

function toKeyPair({ KeyPairId = '', KeyName = '', PublicKey, Tags }: KeyPairInfo): KeyPair {
  return {
    id: KeyPairId,
    name: KeyName,
    ...(PublicKey !== undefined && PublicKey !== '' && { publicKey: PublicKey.trim() }),
    tags: toTags(Tags),
  }
}
