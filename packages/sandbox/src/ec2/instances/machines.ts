import type { Machine } from '../../hosts/hosts.ts'
import { addressesByInstance, publicAddressOf } from '../addresses/public-addresses.ts'
import type { Ec2State } from '../ec2-state.ts'
import { privateDnsName } from './dns-names.ts'
import type { Instance } from './instance.ts'
import { stateOf } from './instance-states.ts'
import { userDataOf } from './user-data.ts'

/** The instances that run at that time and can be reached, as their driver is told of them. */
export function machinesOf(state: Ec2State, now: number): Machine[] {
  const elastic = addressesByInstance(state)
  return Object.values(state.instances).flatMap((instance) => {
    const address = publicAddressOf(instance, elastic)
    const isUp = stateOf(instance, now) === 'running' && now >= bootedAt(instance)
    if (address === undefined || !isUp) return []
    return [machineAt(state, address, instance)]
  })
}

/** One instance as its driver is told of it, also while it does not run; its address is empty where it has none. */
export function machineOf(state: Ec2State, instance: Instance): Machine {
  return machineAt(state, publicAddressOf(instance, addressesByInstance(state)) ?? '', instance)
}

/** When it was booted last, or will have been. */
export function bootedAt({ runningAt, reboot }: Instance): number {
  return reboot?.doneAt ?? runningAt
}

function machineAt(state: Ec2State, address: string, instance: Instance): Machine {
  const { instanceId, imageId, sshPort, user, publicKey, privateIp, iamInstanceProfile } = instance
  const userData = userDataOf(state, instance)
  return {
    instanceId,
    bootedAt: bootedAt(instance),
    imageId: state.images[imageId]?.diskImageId ?? imageId,
    address,
    port: sshPort,
    user,
    authorizedKeys: publicKey === undefined ? [] : [publicKey],
    userData: userData === undefined ? undefined : Buffer.from(userData, 'base64').toString(),
    privateAddress: privateIp,
    privateDnsName: privateDnsName(instance),
    ...(iamInstanceProfile && { role: iamInstanceProfile.arn.split('/').at(-1) ?? '' }),
  }
}
