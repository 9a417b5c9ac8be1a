import {
  AllocateAddressCommand,
  AssociateAddressCommand,
  DescribeAddressesCommand,
  DescribeInstancesCommand,
  DisassociateAddressCommand,
  ReleaseAddressCommand,
} from '@aws-sdk/client-ec2'

import type { Scenario } from '../scenario.ts'
import { launched } from './launched.ts'

export const addressScenarios: Scenario[] = [
  {
    name: 'addresses',
    async play(caller) {
      const InstanceId = await launched(caller)
      const other = await launched(caller, 'another')
      await caller.refuses(
        'a dry run',
        'DryRunOperation',
        new AllocateAddressCommand({ Domain: 'vpc', DryRun: true }),
      )
      const { AllocationId, PublicIp } = await caller.does(
        'allocate',
        new AllocateAddressCommand({
          Domain: 'vpc',
          TagSpecifications: [{ ResourceType: 'elastic-ip', Tags: [{ Key: 'group', Value: 'bee' }] }],
        }),
        ({ Domain }) => Domain,
      )
      const ofBees = { Filters: [{ Name: 'tag:group', Values: ['bee'] }] }
      await caller.does('find it', new DescribeAddressesCommand(ofBees), ({ Addresses }) =>
        Addresses?.map((each) => [each.AllocationId === AllocationId, each.Tags]),
      )
      const { AssociationId } = await caller.does(
        'associate',
        new AssociateAddressCommand({ AllocationId, InstanceId }),
      )
      await caller.refuses(
        'give it to another',
        'Resource.AlreadyAssociated',
        new AssociateAddressCommand({ AllocationId, InstanceId: other, AllowReassociation: false }),
      )
      await caller.does('see whose it is', new DescribeAddressesCommand(ofBees), ({ Addresses }) =>
        Addresses?.map((each) => each.InstanceId === InstanceId),
      )
      await caller.does(
        'the instance has it',
        new DescribeInstancesCommand({ InstanceIds: [InstanceId] }),
        ({ Reservations }) => Reservations?.[0]?.Instances?.[0]?.PublicIpAddress === PublicIp,
      )
      await caller.does('disassociate', new DisassociateAddressCommand({ AssociationId }))
      await caller.does('release', new ReleaseAddressCommand({ AllocationId }))
      await caller.refuses(
        'release what is gone',
        'InvalidAllocationID.NotFound',
        new ReleaseAddressCommand({ AllocationId }),
      )
      await caller.refuses(
        'name what is gone',
        'InvalidAllocationID.NotFound',
        new DescribeAddressesCommand({ AllocationIds: [AllocationId ?? ''] }),
      )
      await caller.refuses(
        'disassociate what is gone',
        'InvalidAssociationID.NotFound',
        new DisassociateAddressCommand({ AssociationId: 'eipassoc-0123456789abcdef0' }),
      )
      await caller.refuses(
        'associate a missing one',
        'InvalidAllocationID.NotFound',
        new AssociateAddressCommand({ AllocationId, InstanceId }),
      )
    },
  },
  {
    name: 'addresses in use',
    async play(caller) {
      const InstanceId = await launched(caller)
      const { AllocationId } = await caller.does('allocate', new AllocateAddressCommand({ Domain: 'vpc' }))
      await caller.does('associate', new AssociateAddressCommand({ AllocationId, InstanceId }))
      await caller.does('associate again', new AssociateAddressCommand({ AllocationId, InstanceId }))
      await caller.refuses(
        'release it in use',
        'InvalidIPAddress.InUse',
        new ReleaseAddressCommand({ AllocationId }),
      )
    },
  },
]
