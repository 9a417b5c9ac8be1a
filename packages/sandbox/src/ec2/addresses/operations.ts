import {
  AllocateAddress$,
  AssociateAddress$,
  DescribeAddresses$,
  DisassociateAddress$,
  ReleaseAddress$,
  type AllocateAddressRequest,
  type AllocateAddressResult,
  type AssociateAddressRequest,
  type AssociateAddressResult,
  type DescribeAddressesRequest,
  type DescribeAddressesResult,
  type DisassociateAddressRequest,
  type ReleaseAddressRequest,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { allocateAddress, releaseAddress } from './allocate-address.ts'
import { associateAddress, disassociateAddress } from './associations.ts'
import { describeAddresses } from './describe-addresses.ts'

export const addressOperations = [
  operation<AllocateAddressRequest, AllocateAddressResult>(AllocateAddress$, allocateAddress),
  operation<AssociateAddressRequest, AssociateAddressResult>(AssociateAddress$, associateAddress),
  operation<DisassociateAddressRequest, undefined>(DisassociateAddress$, disassociateAddress),
  operation<ReleaseAddressRequest, undefined>(ReleaseAddress$, releaseAddress),
  operation<DescribeAddressesRequest, DescribeAddressesResult>(DescribeAddresses$, describeAddresses),
]
