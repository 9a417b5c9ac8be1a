import { type CloudCall, planOnly } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import type { Group } from '../../groups/nodes.ts'
import { selectGroup } from '../../groups/select-groups.ts'
import { fittingUserData } from '../../launch/user-data-limit.ts'
import { logInOptions, loginOf } from '../../instances/remote-host.ts'

export const launchOptions = {
  key: { type: 'string', summary: 'Your private key file; AWS gets its public half where it lacks it' },
  name: { type: 'string', summary: 'The Name that the instances share' },
  zone: { type: 'string', summary: 'The zone; a random one that offers the instance type without it' },
  count: {
    type: 'string',
    summary: "How many of that Name there are to be; the group's count, or 1, without it",
  },
  ami: { type: 'string', summary: "The image, in place of the group's newest" },
  'user-data': { type: 'string', summary: 'A file of the project that cloud-init runs at the first boot' },
  ...logInOptions,
  ...planOnly,
} as const

export type LaunchActionCall = CloudCall<typeof launchOptions>

/** What the command line asks for. */
export interface LaunchRequest {
  group: Group
  name: string
  keyPath: string
  count: number
  userData: string | undefined
}

/** AWS takes at most 256 characters of a tag (EC2 User Guide, "Tag restrictions"). */
const longestName = 256

/** Throws PackageError: usage for what is missing or cannot be, config for a file that is not there. */
export function launchRequest({ operands, nodes, options, files }: LaunchActionCall): LaunchRequest {
  const [groupName = ''] = operands
  const group = selectGroup(nodes, groupName)
  const { key, name, 'user-data': userDataPath } = options
  if (key === undefined) {
    throw usage('--key is missing', `--key ${group.name}.pem: the private key to log in with`)
  }
  if (name === undefined || name.trim() === '') {
    throw usage('--name is missing', '--name NAME: what to call the instances')
  }
  if (/\p{Cc}/u.test(name)) {
    throw usage(`--name is ${JSON.stringify(name)}, with control characters`, 'leave them out')
  }
  if (name.length > longestName) {
    throw usage(`--name has ${String(name.length)} characters`, 'AWS takes at most 256')
  }
  loginOf(group, options.user)
  return {
    group,
    name,
    keyPath: key,
    count: countOf(options.count, group),
    userData: userDataPath === undefined ? undefined : userDataOf(files.read(userDataPath), userDataPath),
  }
}

function countOf(text: string | undefined, { fields }: Group): number {
  if (text === undefined) return fields.count ?? 1
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= 1000) return count
  throw usage(`--count is ${JSON.stringify(text)}`, 'it is a number from 1 to 1000')
}

function userDataOf(text: string | undefined, path: string): string {
  if (text === undefined) {
    throw new PackageError('config', 'NO_USER_DATA', `there is no file ${path} in the project`, {
      hint: 'the path of --user-data starts at the folder of nodes.json',
    })
  }
  return fittingUserData(text, path)
}

function usage(message: string, hint: string): PackageError {
  return new PackageError('usage', 'LAUNCH_REQUEST', message, { hint })
}
