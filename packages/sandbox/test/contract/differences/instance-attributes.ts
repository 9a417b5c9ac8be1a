import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const instanceAttributeDifferences: Difference[] = [
  {
    at: ['attributes of an instance: ask groupSet'],
    sandbox: '1',
    moto: '0',
    right: 'sandbox',
    aws: 'groupSet: The security groups associated with the instance. (When none is named at launch, it is the default one, see RunInstances.)',
    page: apiPage('DescribeInstanceAttribute'),
  },
  {
    at: ['attributes of an instance: ask blockDeviceMapping'],
    sandbox: '1',
    moto: 'ok',
    right: 'sandbox',
    aws: 'blockDeviceMapping: The block device mapping of the instance. (moto answers with nothing.)',
    page: apiPage('DescribeInstanceAttribute'),
  },
  {
    at: [
      'DescribeInstanceAttribute: EbsInstanceBlockDevice.*',
      'DescribeInstanceAttribute: GroupIdentifier.*',
      'DescribeInstanceAttribute: InstanceAttribute.BlockDeviceMappings',
      'DescribeInstanceAttribute: InstanceAttribute.Groups',
      'DescribeInstanceAttribute: InstanceBlockDeviceMapping.*',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'blockDeviceMapping: The block device mapping of the instance. groupSet: The security groups associated with the instance.',
    page: apiPage('DescribeInstanceAttribute'),
  },
  {
    at: ['changes of an instance: the type while it runs'],
    sandbox: 'IncorrectInstanceState',
    moto: 'ok',
    right: 'sandbox',
    aws: 'To modify some attributes, the instance must be stopped.',
    page: apiPage('ModifyInstanceAttribute'),
  },
  {
    at: [
      'ModifyInstanceMetadataOptions: InstanceMetadataOptionsResponse.HttpEndpoint',
      'ModifyInstanceMetadataOptions: InstanceMetadataOptionsResponse.HttpProtocolIpv6',
      'ModifyInstanceMetadataOptions: InstanceMetadataOptionsResponse.InstanceMetadataTags',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'httpEndpoint: Indicates whether the HTTP metadata endpoint on your instances is enabled or disabled. (And likewise the others: they are told whether or not the request named them.)',
    page: apiPage('InstanceMetadataOptionsResponse'),
  },
]
