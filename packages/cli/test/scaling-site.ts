import { join } from 'node:path'

import type { NewTemplateVersion } from '@package/core/ports/cloud/launch-templates'
import type { GroupSetting, NewScalingGroup } from '@package/core/ports/cloud/scaling-groups'
import { afterAll, beforeAll, beforeEach, describe } from 'vitest'

import { startMoto, type Moto } from '../../sandbox/test/contract/moto.ts'
import { describeWith } from '../../sandbox/test/tools.ts'
import { imageId, motoWorld, sandboxWorld, type CloudWorld } from './cloud-worlds.ts'

export const tags = { 'package:project': 'bees', 'package:group': 'hive' }

export const hook: GroupSetting = {
  kind: 'hook',
  name: 'package-converged',
  definition: {
    DefaultResult: 'ABANDON',
    HeartbeatTimeout: 600,
    LifecycleTransition: 'autoscaling:EC2_INSTANCE_LAUNCHING',
  },
}

export function version(clientToken: string, description = ''): NewTemplateVersion {
  return {
    clientToken,
    description,
    specification: {
      imageId,
      instanceType: 't3.micro',
      securityGroupIds: [],
      blockDevices: [{ device: '/dev/sda1', size_gib: 12, type: 'gp3' }],
      metadataOptions: { http_put_response_hop_limit: 2 },
      userData: '#!/bin/sh\necho "grüße"\n',
      tags: { ...tags, Name: 'hive' },
    },
  }
}

/** A world with the launch template `hive`, and what tests of groups do over and over. */
export async function siteIn(world: CloudWorld) {
  const { cloud } = world
  const vpcId = (await cloud.defaultVpc()) ?? ''
  const subnets = await cloud.subnets(vpcId)
  const subnetIds = subnets.slice(0, 2).map(({ id }) => id)
  const template = await cloud.createLaunchTemplate('hive', version('first'), tags)
  const createGroup = (more: Partial<NewScalingGroup> = {}) =>
    cloud.createScalingGroup({
      name: 'hive-v000',
      min: 0,
      max: 4,
      desired: 2,
      healthCheck: 'EC2',
      gracePeriod: 120,
      cooldown: 60,
      template: { id: template.templateId, version: template.version },
      subnetIds,
      targetGroupArns: [],
      hooks: [],
      tags,
      instanceTags: { Name: 'hive' },
      ...more,
    })
  const group = async (name = 'hive-v000') => {
    const found = await cloud.scalingGroupsTagged(tags)
    return found.find((each) => each.name === name)
  }
  const createTargets = (name = 'hive') =>
    cloud.createTargetGroup({
      name,
      port: 8080,
      protocol: 'HTTP',
      vpcId,
      healthCheck: {
        protocol: 'HTTP',
        port: 'traffic-port',
        path: '/up',
        interval: 10,
        timeout: 5,
        healthyThreshold: 2,
        unhealthyThreshold: 3,
      },
      drain: 30,
      tags,
    })
  return { ...world, vpcId, subnetIds, template, createGroup, group, createTargets }
}

export type Site = Awaited<ReturnType<typeof siteIn>>

/** The same tests in the embedded AWS and in moto. */
export function describeWorlds(
  name: string,
  tests: (site: () => Promise<Site>, isMoto: boolean) => void,
): void {
  describe(`${name}, in the embedded AWS`, () => tests(() => siteIn(sandboxWorld()), false))
  describeWith('moto', `${name}, in moto`, () => {
    let moto: Moto | undefined
    beforeAll(async () => {
      moto = await startMoto(join(import.meta.dirname, 'moto-for-groups.py'))
    })
    beforeEach(() => moto?.reset())
    afterAll(() => moto?.stop())
    tests(() => siteIn(motoWorld(moto?.url ?? '')), true)
  })
}
