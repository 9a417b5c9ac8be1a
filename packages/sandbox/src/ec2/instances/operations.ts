import {
  DescribeInstanceAttribute$,
  DescribeInstanceStatus$,
  DescribeInstances$,
  DescribeNetworkInterfaces$,
  GetConsoleOutput$,
  ModifyInstanceAttribute$,
  ModifyInstanceMetadataOptions$,
  RebootInstances$,
  RunInstances$,
  StartInstances$,
  StopInstances$,
  TerminateInstances$,
  type DescribeInstanceAttributeRequest,
  type DescribeInstanceStatusRequest,
  type DescribeInstanceStatusResult,
  type DescribeInstancesRequest,
  type DescribeInstancesResult,
  type DescribeNetworkInterfacesRequest,
  type DescribeNetworkInterfacesResult,
  type GetConsoleOutputRequest,
  type GetConsoleOutputResult,
  type InstanceAttribute,
  type ModifyInstanceAttributeRequest,
  type ModifyInstanceMetadataOptionsRequest,
  type ModifyInstanceMetadataOptionsResult,
  type RebootInstancesRequest,
  type Reservation,
  type RunInstancesRequest,
  type StartInstancesRequest,
  type StartInstancesResult,
  type StopInstancesRequest,
  type StopInstancesResult,
  type TerminateInstancesRequest,
  type TerminateInstancesResult,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import { rebootInstances, startInstances, stopInstances, terminateInstances } from './change-state.ts'
import { getConsoleOutput } from './console-output.ts'
import { describeInstanceAttribute } from './describe-instance-attribute.ts'
import { describeInstanceStatus } from './describe-instance-status.ts'
import { describeInstances } from './describe-instances.ts'
import { modifyInstanceAttribute, modifyInstanceMetadataOptions } from './modify-instance-attribute.ts'
import { describeNetworkInterfaces } from './network-interfaces.ts'
import { runInstances } from './run-instances.ts'

export const instanceOperations = [
  operation<RunInstancesRequest, Reservation>(RunInstances$, runInstances),
  operation<DescribeInstancesRequest, DescribeInstancesResult>(DescribeInstances$, describeInstances),
  operation<DescribeInstanceStatusRequest, DescribeInstanceStatusResult>(
    DescribeInstanceStatus$,
    describeInstanceStatus,
  ),
  operation<StartInstancesRequest, StartInstancesResult>(StartInstances$, startInstances),
  operation<StopInstancesRequest, StopInstancesResult>(StopInstances$, stopInstances),
  operation<RebootInstancesRequest, undefined>(RebootInstances$, rebootInstances),
  operation<TerminateInstancesRequest, TerminateInstancesResult>(TerminateInstances$, terminateInstances),
  operation<DescribeInstanceAttributeRequest, InstanceAttribute>(
    DescribeInstanceAttribute$,
    describeInstanceAttribute,
  ),
  operation<ModifyInstanceAttributeRequest, undefined>(ModifyInstanceAttribute$, modifyInstanceAttribute),
  operation<ModifyInstanceMetadataOptionsRequest, ModifyInstanceMetadataOptionsResult>(
    ModifyInstanceMetadataOptions$,
    modifyInstanceMetadataOptions,
  ),
  operation<GetConsoleOutputRequest, GetConsoleOutputResult>(GetConsoleOutput$, getConsoleOutput),
  operation<DescribeNetworkInterfacesRequest, DescribeNetworkInterfacesResult>(
    DescribeNetworkInterfaces$,
    describeNetworkInterfaces,
  ),
]
