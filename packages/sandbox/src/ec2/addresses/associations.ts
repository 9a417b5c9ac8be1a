import type {
  AssociateAddressRequest,
  AssociateAddressResult,
  DisassociateAddressRequest,
} from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { Ec2State } from '../ec2-state.ts'
import type { Instance } from '../instances/instance.ts'
import { stateOf } from '../instances/instance-states.ts'
import { instanceOf, knownInstances } from '../instances/known-instances.ts'
import type { Address } from './address.ts'
import { addressAt, addressOf } from './known-addresses.ts'
import { addressesByInstance, freePublicAddresses } from './public-addresses.ts'

/** Repeating an association keeps it as it is (EC2 API Reference, AssociateAddress: "This is an idempotent operation"). */
export function associateAddress(input: AssociateAddressRequest, scope: Scope): AssociateAddressResult {
  const address = requestedAddress(input, scope)
  const instance = requestedInstance(input, scope)
  const { instanceId } = instance
  const { association } = address
  if (association?.instanceId === instanceId) return { AssociationId: association.associationId }
  // The API Reference calls reassociation automatic, but EC2 has been seen to refuse it without the flag; who sets it is
  // right either way.
  if (association && input.AllowReassociation !== true) {
    throw alreadyAssociated(
      `resource ${address.allocationId} is already associated with associate-id ${association.associationId}`,
    )
  }
  const previous = addressesByInstance(scope.state.ec2).get(instanceId)
  if (previous && input.AllowReassociation === false) {
    const { networkInterfaceId, privateIp } = instance
    throw alreadyAssociated(
      `resource ${networkInterfaceId} and ${privateIp} is already associated with public address ${previous.publicIp}`,
    )
  }
  takeOff(scope, address)
  delete previous?.association
  delete instance.publicIp
  const associationId = newId('eipassoc')
  address.association = { associationId, instanceId }
  return { AssociationId: associationId }
}

/** An address that is associated with nothing may be disassociated again (EC2 API Reference, DisassociateAddress). */
export function disassociateAddress(input: DisassociateAddressRequest, scope: Scope): undefined {
  const { AssociationId: id, PublicIp: publicIp } = input
  if (id === undefined && publicIp === undefined) throw missingParameter('AssociationId')
  if (id !== undefined && publicIp !== undefined) {
    throw invalidCombination('You may specify public IP or association id, but not both in the same call')
  }
  takeOff(scope, publicIp === undefined ? addressAssociated(scope, id) : addressAt(scope, publicIp))
}

/**
 * Takes the elastic address of an instance off it. It stays allocated: EC2 User Guide, "Terminate Amazon EC2 instances".
 */
export function disassociateFrom(state: Ec2State, instanceId: string): void {
  for (const address of Object.values(state.addresses)) {
    if (address.association?.instanceId === instanceId) delete address.association
  }
}

/**
 * EC2 User Guide, "Public IPv4 addresses": an instance's own address is released when it gets an elastic one, and when
 * that goes it receives a new one.
 */
function takeOff(scope: Scope, address: Address): void {
  const instance = scope.state.ec2.instances[address.association?.instanceId ?? '']
  delete address.association
  if (!instance?.hasPublicAddress || instance.ending) return
  instance.publicIp ??= freePublicAddresses(scope)()
}

function addressAssociated(scope: Scope, associationId: string | undefined): Address {
  const found = Object.values(scope.state.ec2.addresses).find(
    ({ association }) => association?.associationId === associationId,
  )
  if (found && associationId !== undefined) return found
  throw new AwsError(
    'InvalidAssociationID.NotFound',
    `The association ID '${associationId ?? ''}' does not exist`,
  )
}

function requestedAddress(input: AssociateAddressRequest, scope: Scope): Address {
  const { AllocationId: allocationId, PublicIp: publicIp } = input
  if (allocationId !== undefined && publicIp !== undefined) {
    throw invalidCombination('You may specify public IP or allocation id, but not both in the same call')
  }
  if (allocationId !== undefined) return addressOf(scope, allocationId)
  if (publicIp !== undefined) return addressAt(scope, publicIp)
  throw new AwsError('MissingParameter', 'Either public IP or allocation id must be specified')
}

function requestedInstance(input: AssociateAddressRequest, scope: Scope): Instance {
  const { InstanceId: instanceId, NetworkInterfaceId: interfaceId, PrivateIpAddress: privateIp } = input
  if (instanceId !== undefined && interfaceId !== undefined) {
    throw invalidCombination(
      'You may specify instance id or network interface id, but not both in the same call',
    )
  }
  const instance = interfaceId === undefined ? instanceOf(scope, instanceId) : behind(scope, interfaceId)
  const state = stateOf(instance, scope.now)
  if (state !== 'running' && state !== 'stopped') {
    throw interfaceId === undefined
      ? new AwsError(
          'InvalidInstanceID',
          `The ${state} instance '${instance.instanceId}' is not in a valid state for this operation.`,
        )
      : new AwsError(
          'IncorrectInstanceState',
          `The ${state} instance to which '${interfaceId}' is attached is not in a valid state for this operation`,
        )
  }
  if (privateIp !== undefined && privateIp !== instance.privateIp) {
    const { networkInterfaceId } = instance
    throw invalidParameterValue(
      `The address ${privateIp} is not assigned to interface ${networkInterfaceId}.`,
    )
  }
  return instance
}

/** The instance that the network interface belongs to; it is gone when its instance is terminated. */
function behind(scope: Scope, interfaceId: string): Instance {
  const instance = Object.values(knownInstances(scope)).find(
    (each) => each.networkInterfaceId === interfaceId && stateOf(each, scope.now) !== 'terminated',
  )
  if (instance) return instance
  throw new AwsError(
    'InvalidNetworkInterfaceID.NotFound',
    `The networkInterface ID '${interfaceId}' does not exist`,
  )
}

function alreadyAssociated(message: string): AwsError {
  return new AwsError('Resource.AlreadyAssociated', message)
}

function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message)
}
