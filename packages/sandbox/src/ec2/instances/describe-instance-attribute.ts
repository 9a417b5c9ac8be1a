import type { DescribeInstanceAttributeRequest, InstanceAttribute } from '@aws-sdk/client-ec2'

import { invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { shownBlockDevices } from './instance-answer.ts'
import type { Instance } from './instance.ts'
import { instanceOf } from './known-instances.ts'
import { groupIdentifiers, surroundingsOf } from './surroundings.ts'
import { userDataOf } from './user-data.ts'

type Shown = Omit<InstanceAttribute, 'InstanceId'>

/** One attribute at a time (EC2 API Reference, DescribeInstanceAttribute). */
const attributes: Readonly<Record<string, (instance: Instance, scope: Scope) => Shown>> = {
  instanceType: ({ instanceType }) => ({ InstanceType: { Value: instanceType } }),
  userData: (instance, { state }) => {
    const userData = userDataOf(state.ec2, instance)
    return { UserData: userData === undefined ? {} : { Value: userData } }
  },
  disableApiTermination: (instance) => ({
    DisableApiTermination: { Value: instance.isTerminationProtected },
  }),
  disableApiStop: ({ isStopProtected }) => ({ DisableApiStop: { Value: isStopProtected } }),
  instanceInitiatedShutdownBehavior: ({ shutdownBehavior }) => ({
    InstanceInitiatedShutdownBehavior: { Value: shutdownBehavior },
  }),
  rootDeviceName: ({ rootDeviceName }) => ({ RootDeviceName: { Value: rootDeviceName } }),
  blockDeviceMapping: (instance, scope) => ({
    BlockDeviceMappings: shownBlockDevices(instance, surroundingsOf(scope)),
  }),
  groupSet: ({ securityGroupIds }, scope) => ({ Groups: groupIdentifiers(scope, securityGroupIds) }),
  sourceDestCheck: ({ sourceDestCheck }) => ({ SourceDestCheck: { Value: sourceDestCheck } }),
  ebsOptimized: ({ ebsOptimized }) => ({ EbsOptimized: { Value: ebsOptimized } }),
  enaSupport: () => ({ EnaSupport: { Value: true } }),
  sriovNetSupport: () => ({ SriovNetSupport: { Value: 'simple' } }),
  productCodes: () => ({ ProductCodes: [] }),
  kernel: () => ({ KernelId: {} }),
  ramdisk: () => ({ RamdiskId: {} }),
}

export function describeInstanceAttribute(
  input: DescribeInstanceAttributeRequest,
  scope: Scope,
): InstanceAttribute {
  const { Attribute: name } = input
  if (name === undefined) throw missingParameter('Attribute')
  const instance = instanceOf(scope, input.InstanceId)
  const show = Object.hasOwn(attributes, name) ? attributes[name] : undefined
  if (!show) {
    throw invalidParameterValue(`Value (${name}) for parameter attribute is invalid. Unknown attribute.`)
  }
  return { InstanceId: instance.instanceId, ...show(instance, scope) }
}
