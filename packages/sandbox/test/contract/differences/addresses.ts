import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const addressDifferences: Difference[] = [
  {
    at: ['addresses in use: release it in use'],
    sandbox: 'InvalidIPAddress.InUse',
    moto: 'ok',
    right: 'both',
    aws: '“[Default VPC] Releasing an Elastic IP address automatically disassociates it from any instance that it’s associated with. [Nondefault VPC] You must disassociate the Elastic IP address before you can release it. Otherwise, Amazon EC2 returns an error (InvalidIPAddress.InUse).” The list of error codes knows no such exception: “If you are trying to release an address, you must first disassociate it from the instance.” The sandbox is the stricter of the two.',
    page: apiPage('ReleaseAddress'),
  },
  {
    at: [
      'AllocateAddress: AllocateAddressResult.NetworkBorderGroup',
      'AllocateAddress: AllocateAddressResult.PublicIpv4Pool',
      'DescribeAddresses: Address.NetworkBorderGroup',
      'DescribeAddresses: Address.PublicIpv4Pool',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'networkBorderGroup: The name of the unique set of Availability Zones, Local Zones, or Wavelength Zones from which AWS advertises IP addresses. publicIpv4Pool: The ID of an address pool.',
    page: apiPage('Address'),
  },
]
