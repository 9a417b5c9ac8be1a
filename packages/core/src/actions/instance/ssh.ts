import { cloudAction, type CloudCall } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import { selectGroup } from '../../groups/select-groups.ts'
import { groupTags, isLive, ownedInstances } from '../../instances/group-instances.ts'
import { pinHostKeys } from '../../instances/host-keys.ts'
import { logInOptions, remoteHost } from '../../instances/remote-host.ts'
import { ownerOf } from '../../ownership.ts'
import type { Instance } from '../../ports/cloud/instances.ts'
import { checkChoice, choice, chosen } from './named-instances.ts'

const options = {
  ...choice,
  key: { type: 'string', summary: 'Your private key file; what your ssh finds without it' },
  ...logInOptions,
} as const

export const instanceSsh = cloudAction({
  name: 'instance:ssh',
  summary: 'Log in to an instance of a group, or run one command there',
  operands: '<group> [command...]',
  options,
  examples: [
    ['package instance:ssh bigchaindb --id i-0123456789abcdef0 --key key.pem', 'a session on that instance'],
    [
      'package instance:ssh bigchaindb --name one -- uptime -p',
      'one command, where one instance has that name',
    ],
    ["package instance:ssh bigchaindb --name one 'df -h | head -3'", 'a line for the shell there'],
  ],
  async run(call) {
    const { operands, nodes, clouds, shell } = call
    const [groupName = '', ...command] = operands
    const group = selectGroup(nodes, groupName)
    checkChoice(call.options)
    if (call.options.key !== undefined) shell.checkKeyFile(call.options.key)
    const cloud = clouds.in(clouds.regionOf(group))
    const owner = ownerOf(nodes.settings, call.environment)
    const found = await ownedInstances(cloud, owner, groupTags(owner, group.name))
    const instance = theOne(call, group.name, chosen(found.filter(isLive), call.options))
    const host = remoteHost(group, instance, call.options)
    if (host.acceptNewHostKey !== true) await pinHostKeys({ cloud, clock: call.clock, shell }, instance.id)
    const exit = await shell.logIn(host, command)
    return { data: { id: instance.id, exit }, lines: [], exit }
  },
})

/** Throws PackageError (conflict) unless exactly one running instance is meant. */
function theOne(call: CloudCall<typeof options>, group: string, found: readonly Instance[]): Instance {
  const running = found.filter(({ state }) => state === 'running')
  const [only, second] = running
  if (only && second === undefined) return only
  const { name, id } = call.options
  const asked = [...(name === undefined ? [] : [`named ${name}`]), ...(id === undefined ? [] : [id])]
  const what = [group, ...asked].join(' ')
  if (only) {
    const ids = running.map((instance) => instance.id).join(', ')
    throw refusal(
      'INSTANCE_AMBIGUOUS',
      `${String(running.length)} instances of ${what} run: ${ids}`,
      'name one of them with --id',
    )
  }
  const [other] = found
  if (other) {
    throw refusal(
      'INSTANCE_NOT_RUNNING',
      `${other.id} of ${what} is ${other.state}`,
      'wait until it runs, or start it: aws ec2 start-instances',
    )
  }
  throw refusal('NO_INSTANCE', `there is no instance of ${what}`, `package instance:list ${group}`)
}

function refusal(code: string, message: string, hint: string): PackageError {
  return new PackageError('conflict', code, message, { hint })
}
