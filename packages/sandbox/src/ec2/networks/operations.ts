import {
  CreateSubnet$,
  CreateVpc$,
  DeleteSubnet$,
  DeleteVpc$,
  DescribeSubnets$,
  DescribeVpcAttribute$,
  DescribeVpcs$,
  ModifySubnetAttribute$,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { createSubnet, deleteSubnet, describeSubnets, modifySubnetAttribute } from './subnets.ts'
import { createVpc, deleteVpc, describeVpcAttribute, describeVpcs } from './vpcs.ts'

export const networkOperations = [
  operation(DescribeVpcs$, describeVpcs),
  operation(CreateVpc$, createVpc),
  operation(DeleteVpc$, deleteVpc),
  operation(DescribeVpcAttribute$, describeVpcAttribute),
  operation(DescribeSubnets$, describeSubnets),
  operation(CreateSubnet$, createSubnet),
  operation(DeleteSubnet$, deleteSubnet),
  operation(ModifySubnetAttribute$, modifySubnetAttribute),
]
