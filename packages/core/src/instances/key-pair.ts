import { PackageError } from '../errors.ts'
import type { Group } from '../groups/nodes.ts'
import { ownedName, type Owner, owns } from '../ownership.ts'
import type { Cloud } from '../ports/cloud/cloud.ts'
import type { KeyPair } from '../ports/cloud/key-pairs.ts'
import { groupTags, isLive } from './group-instances.ts'

/** The key pair of a launch: its name on AWS, and the public half of the operator's private key. */
export interface LaunchKey {
  name: string
  publicKey: string
}

/** The name of a group's key pair: its key_name, else the owner's for the key file (`project/group/key` of `key.pem`). */
export function keyPairName(owner: Owner, { name, fields }: Group, keyPath: string): string {
  if (fields.key_name !== undefined) return fields.key_name
  const file = keyPath.split('/').at(-1) ?? keyPath
  return ownedName(owner, `${name}/${file.replace(/(?<=.)\.[^.]*$/, '')}`)
}

/** Throws PackageError (config) for a key that EC2 does not take (EC2 User Guide, "Amazon EC2 key pairs"). */
export function checkKeyType(keyPath: string, publicKey: string): void {
  if (/^ssh-(ed25519|rsa) /.test(publicKey)) return
  const [type = ''] = publicKey.split(' ')
  throw new PackageError(
    'config',
    'KEY_FORMAT',
    `${keyPath} is a key of type ${type}, which EC2 does not take`,
    {
      hint: 'it takes RSA and ED25519 keys: ssh-keygen -t ed25519 -f key.pem',
    },
  )
}

/** Whether AWS knows the key pair. Throws PackageError (conflict) where its key of that name is another one. */
export async function isKnownKeyPair(cloud: Cloud, key: LaunchKey): Promise<boolean> {
  const known = await cloud.keyPair(key.name)
  if (known === undefined) return false
  checkSameKey(known, key)
  return true
}

/** Imports the key pair, unless AWS knows it by then: an answer may have been lost, another operator may have been faster. */
export async function importKeyPair(
  cloud: Cloud,
  owner: Owner,
  group: string,
  key: LaunchKey,
): Promise<void> {
  try {
    await cloud.importKeyPair(key.name, key.publicKey, groupTags(owner, group))
  } catch (error) {
    const isThere = error instanceof PackageError && error.code === 'KEY_PAIR_EXISTS'
    if (!isThere || !(await isKnownKeyPair(cloud, key))) throw error
  }
}

/** Takes back the import of a key pair that no instance uses. */
export async function forgetKeyPair(cloud: Cloud, { name }: LaunchKey): Promise<void> {
  const known = await cloud.keyPair(name)
  if (known) await cloud.deleteKeyPair(known.id)
}

/** The group's imported key pairs that no instance uses but those that are about to go. */
export async function unusedKeyPairs(
  cloud: Cloud,
  owner: Owner,
  group: string,
  going: readonly string[],
): Promise<KeyPair[]> {
  const imported = await cloud.keyPairs(groupTags(owner, group))
  const unused = []
  for (const pair of imported.filter(({ tags }) => owns(owner, tags))) {
    const users = (await cloud.instancesWithKey(pair.name)).filter(isLive)
    if (users.every(({ id }) => going.includes(id))) unused.push(pair)
  }
  return unused
}

function checkSameKey(known: KeyPair, { name, publicKey }: LaunchKey): void {
  if (known.publicKey === undefined || keyData(known.publicKey) === keyData(publicKey)) return
  throw new PackageError(
    'conflict',
    'KEY_PAIR_DIFFERS',
    `the key pair ${name} of AWS is another key than yours`,
    {
      hint: 'name the --key that it was made from, or give yours another file name (or key_name in nodes.json)',
    },
  )
}

/** Without the comment at the end. */
function keyData(line: string): string {
  return line.trim().split(/\s+/).slice(0, 2).join(' ')
}
