import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
  type Address as Ec2Address,
} from '@aws-sdk/client-ec2'
import type { Address, Addresses } from '@package/core/ports/cloud/addresses'

import { awsCodeOf } from './aws-error.ts'
import type { Consistent } from './consistent.ts'
import type { Send } from './sender.ts'
import { tagFilters, tagList, toTags } from './tags.ts'

export function addresses(send: Send, consistent: Consistent): Addresses {
  return {
    async addresses(tags) {
      const { Addresses: found = [] } = await send(
        new DescribeAddressesCommand({ Filters: tagFilters(tags) }),
      )
      return found.map(toAddress)
    },
    async allocateAddress(tags) {
      const made = await send(
        new AllocateAddressCommand({
          Domain: 'vpc',
          TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: tagList(tags) }],
        }),
      )
      consistent.made(made.AllocationId ?? '')
      return { allocationId: made.AllocationId ?? '', publicIp: made.PublicIp ?? '', tags }
    },
    async associateAddress(allocationId, instanceId) {
      const command = new AssociateAddressCommand({
        AllocationId: allocationId,
        InstanceId: instanceId,
        AllowReassociation: false,
      })
      await consistent.untilFound([allocationId, instanceId], () => send(command))
    },
    async disassociateAddress(associationId) {
      await unlessGone(send(new DisassociateAddressCommand({ AssociationId: associationId })))
    },
    async releaseAddress(allocationId) {
      await unlessGone(send(new ReleaseAddressCommand({ AllocationId: allocationId })))
    },
  }
}

function toAddress(address: Ec2Address): Address {
  const { AllocationId = '', PublicIp = '', AssociationId, InstanceId, Tags } = address
  return {
    allocationId: AllocationId,
    publicIp: PublicIp,
    ...(AssociationId !== undefined && AssociationId !== '' && { associationId: AssociationId }),
    ...(InstanceId !== undefined && InstanceId !== '' && { instanceId: InstanceId }),
    tags: toTags(Tags),
  }
}

/** An answer that was lost is asked for again: then it is gone already. */
async function unlessGone(done: Promise<unknown>): Promise<void> {
  try {
    await done
  } catch (error) {
    if (!/^Invalid(AllocationID|AssociationID|Address)\.NotFound$/.test(awsCodeOf(error) ?? '')) throw error
  }
}
