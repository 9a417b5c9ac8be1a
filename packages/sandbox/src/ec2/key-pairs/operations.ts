import {
  CreateKeyPair$,
  DeleteKeyPair$,
  DescribeKeyPairs$,
  ImportKeyPair$,
  type CreateKeyPairRequest,
  type DeleteKeyPairRequest,
  type DeleteKeyPairResult,
  type DescribeKeyPairsRequest,
  type DescribeKeyPairsResult,
  type ImportKeyPairRequest,
  type ImportKeyPairResult,
  type KeyPair as CreatedKeyPair,
} from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { AwsError, missingParameter } from '../../aws-error.ts'
import { operation, type Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import { checkTaggedTypes, forgetTags, tagList, tagOnCreate } from '../tags/tags.ts'
import type { KeyPair } from './key-pair.ts'
import { fingerprintOf, newPrivateKey, readPublicKey } from './ssh-keys.ts'

export const keyPairOperations = [
  operation<DescribeKeyPairsRequest, DescribeKeyPairsResult>(DescribeKeyPairs$, describeKeyPairs),
  operation<ImportKeyPairRequest, ImportKeyPairResult>(ImportKeyPair$, importKeyPair),
  operation<CreateKeyPairRequest, CreatedKeyPair>(CreateKeyPair$, createKeyPair),
  operation<DeleteKeyPairRequest, DeleteKeyPairResult>(DeleteKeyPair$, deleteKeyPair),
]

function describeKeyPairs(input: DescribeKeyPairsRequest, scope: Scope): DescribeKeyPairsResult {
  const { keyPairs } = scope.state.ec2
  for (const name of input.KeyNames ?? []) if (!keyPairNamed(scope, name)) throw unknownKeyPair(name)
  const found = selectResources(scope, {
    from: keyPairs,
    ids: input.KeyPairIds,
    notFound: (ids) =>
      new AwsError('InvalidKeyPair.NotFound', `The key pair IDs '${ids.join(', ')}' do not exist`),
    filters: input.Filters,
    values: {
      'key-name': ({ name }) => name,
      'key-pair-id': ({ keyPairId }) => keyPairId,
      fingerprint: ({ fingerprint }) => fingerprint,
    },
    idOf: ({ keyPairId }) => keyPairId,
  })
  const named = input.KeyNames ? found.filter(({ name }) => input.KeyNames?.includes(name)) : found
  return {
    KeyPairs: named.map(({ keyPairId, name, type, fingerprint, publicKey, createdAt }) => ({
      KeyPairId: keyPairId,
      KeyName: name,
      KeyType: type,
      KeyFingerprint: fingerprint,
      Tags: tagList(scope, keyPairId),
      CreateTime: new Date(createdAt),
      ...(input.IncludePublicKey === true && { PublicKey: publicKey }),
    })),
  }
}

function importKeyPair(input: ImportKeyPairRequest, scope: Scope): ImportKeyPairResult {
  const { KeyName: name, PublicKeyMaterial: material } = input
  if (name === undefined) throw missingParameter('KeyName')
  if (material === undefined) throw missingParameter('PublicKeyMaterial')
  checkTaggedTypes(input.TagSpecifications, ['key-pair'])
  const { type, publicKey } = readPublicKey(Buffer.from(material).toString())
  const fingerprint = fingerprintOf({ type, publicKey, origin: 'imported' })
  const made = add(scope, { name, type, publicKey, fingerprint })
  tagOnCreate(scope, made.keyPairId, 'key-pair', input.TagSpecifications)
  return {
    KeyName: name,
    KeyFingerprint: fingerprint,
    KeyPairId: made.keyPairId,
    Tags: tagList(scope, made.keyPairId),
  }
}

function createKeyPair(input: CreateKeyPairRequest, scope: Scope): CreatedKeyPair {
  const { KeyName: name, KeyType: type = 'rsa' } = input
  if (name === undefined) throw missingParameter('KeyName')
  checkTaggedTypes(input.TagSpecifications, ['key-pair'])
  const { privateKey, publicKey } = newPrivateKey(type)
  const fingerprint = fingerprintOf({ type, publicKey, origin: 'created', privateKey })
  const made = add(scope, { name, type, publicKey, fingerprint })
  tagOnCreate(scope, made.keyPairId, 'key-pair', input.TagSpecifications)
  return {
    KeyName: name,
    KeyFingerprint: fingerprint,
    KeyMaterial: privateKey,
    KeyPairId: made.keyPairId,
    Tags: tagList(scope, made.keyPairId),
  }
}

/** Deleting a key pair that does not exist succeeds (EC2 API Reference, DeleteKeyPair). */
function deleteKeyPair(input: DeleteKeyPairRequest, scope: Scope): DeleteKeyPairResult {
  const { KeyName: name, KeyPairId: id } = input
  if (name === undefined && id === undefined) throw missingParameter('KeyName')
  const { keyPairs } = scope.state.ec2
  const pair = name === undefined ? keyPairs[id ?? ''] : keyPairNamed(scope, name)
  if (pair === undefined) return { Return: true }
  delete keyPairs[pair.keyPairId]
  forgetTags(scope, pair.keyPairId)
  return { Return: true, KeyPairId: pair.keyPairId }
}

export function keyPairNamed(scope: Scope, name: string): KeyPair | undefined {
  return Object.values(scope.state.ec2.keyPairs).find((pair) => pair.name === name)
}

export function unknownKeyPair(name: string): AwsError {
  return new AwsError('InvalidKeyPair.NotFound', `The key pair '${name}' does not exist`)
}

function add(scope: Scope, pair: Omit<KeyPair, 'keyPairId' | 'createdAt'>): KeyPair {
  if (keyPairNamed(scope, pair.name)) {
    throw new AwsError('InvalidKeyPair.Duplicate', `The keypair '${pair.name}' already exists.`)
  }
  const keyPairId = newId('key')
  const made = { ...pair, keyPairId, createdAt: scope.now }
  scope.state.ec2.keyPairs[keyPairId] = made
  scope.consistency.created(keyPairId)
  return made
}
