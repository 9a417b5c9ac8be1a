import { describe, expect, test } from 'vitest'

import { imageId, sandboxWorld } from './cloud-worlds.ts'
import { describeWorlds, hook, siteIn, tags, version } from './scaling-site.ts'

describeWorlds('launch templates', (site) => {
  test('the first version of a template, as it was given', async () => {
    const { cloud, template } = await site()
    const first = {
      templateId: template.templateId,
      templateName: 'hive',
      version: 1,
      isDefault: true,
      description: '',
      imageId,
      instanceType: 't3.micro',
      userData: '#!/bin/sh\necho "grüße"\n',
    }
    expect(template).toEqual(first)
    expect(await cloud.templateVersions('hive')).toEqual([first])
    expect(await cloud.launchTemplatesTagged(tags)).toEqual([{ id: template.templateId, name: 'hive' }])
    expect(await cloud.launchTemplatesTagged({ ...tags, other: 'x' })).toEqual([])
    await expect(cloud.createLaunchTemplate('hive', version('other'), tags)).rejects.toMatchObject({
      kind: 'conflict',
      code: 'LAUNCH_TEMPLATE_EXISTS',
    })
  })

  test('further versions: one is made the default, others go', async () => {
    const { cloud, template } = await site()
    const { templateId } = template
    const second = await cloud.createTemplateVersion(templateId, version('second', 'digest 2'))
    expect(second).toMatchObject({ version: 2, description: 'digest 2', isDefault: false, imageId })
    await cloud.setDefaultVersion(templateId, 2)
    await cloud.createTemplateVersion(templateId, version('third'))
    const numbers = async () =>
      (await cloud.templateVersions('hive')).map((each) => [each.version, each.isDefault])
    expect(await numbers()).toEqual([
      [3, false],
      [2, true],
      [1, false],
    ])
    const upTo = await cloud.templateVersionsUpTo(templateId, 2)
    expect(upTo.map((each) => each.version)).toEqual([2, 1])
    await cloud.deleteTemplateVersions(templateId, [1])
    expect(await numbers()).toEqual([
      [3, false],
      [2, true],
    ])
  })

  test('what is gone stays gone', async () => {
    const { cloud, template } = await site()
    await cloud.deleteLaunchTemplate(template.templateId)
    await cloud.deleteLaunchTemplate(template.templateId)
    await cloud.deleteTemplateVersions(template.templateId, [1])
    expect(await cloud.templateVersions('hive')).toEqual([])
  })
})

describeWorlds('autoscale groups', (site, isMoto) => {
  test('one is as it was asked for, and its name is taken', async () => {
    const { cloud, createGroup, group, subnetIds, template } = await site()
    await createGroup({ hooks: [hook], desired: 0 })
    expect(await group()).toEqual({
      name: 'hive-v000',
      arn: expect.stringMatching(/^arn:aws:autoscaling:.*:autoScalingGroupName\/hive-v000$/) as string,
      min: 0,
      max: 4,
      desired: 0,
      healthCheck: 'EC2',
      gracePeriod: 120,
      cooldown: 60,
      templates: [{ id: template.templateId, version: '1' }],
      subnetIds,
      targetGroupArns: [],
      suspended: [],
      isBeingDeleted: false,
      tags: { ...tags, Name: 'hive' },
      instances: [],
    })
    expect(await cloud.groupSettings('hive-v000')).toEqual([hook])
    await expect(createGroup()).rejects.toMatchObject({ kind: 'conflict', code: 'SCALING_GROUP_EXISTS' })
  })

  test('one that has the name of another that is gone has an ARN of its own', async () => {
    const { cloud, pass, createGroup, group } = await site()
    await createGroup({ desired: 0 })
    const before = await group()
    await cloud.deleteScalingGroup('hive-v000')
    await pass(60)
    await createGroup({ desired: 0 })
    expect((await group())?.arn).not.toBe(before?.arn)
  })

  test('its instances carry their tags, and come from its template', async () => {
    const { cloud, pass, createGroup, group } = await site()
    await createGroup()
    await pass(60)
    const { instances = [] } = (await group()) ?? {}
    const inService = { lifecycle: 'InService', isHealthy: true, isProtected: false, templateVersion: '1' }
    expect(instances).toMatchObject([inService, inService])
    const named = await cloud.instancesNamed(instances.map(({ id }) => id))
    expect(named.map((each) => each.tags)).toMatchObject([
      { ...tags, Name: 'hive' },
      { ...tags, Name: 'hive' },
    ])
    const everyGroup = await cloud.scalingGroups()
    expect(everyGroup.map(({ name }) => name)).toEqual(['hive-v000'])
  })

  test('what is changed is changed, and nothing else', async () => {
    const { cloud, createGroup, group, subnetIds } = await site()
    await createGroup({ desired: 0 })
    const before = await group()
    await cloud.updateScalingGroup('hive-v000', { max: 7, healthCheck: 'ELB', subnetIds: subnetIds.slice(1) })
    await cloud.updateScalingGroup('hive-v000', { gracePeriod: 30, cooldown: 10 })
    await cloud.tagScalingGroup('hive-v000', { 'package:phase': 'live', Name: 'bees' })
    await cloud.untagScalingGroup('hive-v000', ['Name'])
    await cloud.untagScalingGroup('hive-v000', [])
    expect(await group()).toEqual({
      ...before,
      max: 7,
      healthCheck: 'ELB',
      gracePeriod: 30,
      // moto leaves it as it was.
      ...(!isMoto && { cooldown: 10 }),
      subnetIds: subnetIds.slice(1),
      tags: { ...tags, 'package:phase': 'live' },
    })
  })

  test('processes are suspended and resumed by name, never all of them', async () => {
    const { cloud, createGroup, group } = await site()
    const suspended = async () => (await group())?.suspended.toSorted()
    await createGroup({ desired: 0 })
    await cloud.suspendProcesses('hive-v000', [])
    expect(await suspended()).toEqual([])
    await cloud.suspendProcesses('hive-v000', ['AZRebalance', 'AlarmNotification'])
    await cloud.resumeProcesses('hive-v000', [])
    expect(await suspended()).toEqual(['AZRebalance', 'AlarmNotification'].sort())
    await cloud.resumeProcesses('hive-v000', ['AlarmNotification'])
    expect(await suspended()).toEqual(['AZRebalance'])
  })

  test('one with instances is busy; an empty one goes, and is gone for good', async () => {
    const { cloud, pass, createGroup, group } = await site()
    await createGroup()
    await pass(60)
    const busy = { kind: 'conflict', code: 'SCALING_GROUP_BUSY' }
    await expect(cloud.deleteScalingGroup('hive-v000')).rejects.toMatchObject(busy)
    await cloud.updateScalingGroup('hive-v000', { min: 0, desired: 0, max: 0 })
    await pass(300)
    await cloud.deleteScalingGroup('hive-v000')
    await pass(60)
    await cloud.deleteScalingGroup('hive-v000')
    expect(await group()).toBeUndefined()
  })

  test('target groups are attached and let go', async () => {
    const { cloud, pass, createGroup, createTargets, group } = await site()
    const { arn } = await createTargets()
    await createGroup({ desired: 0 })
    await cloud.attachTargetGroups('hive-v000', [arn])
    await pass(30)
    expect(await cloud.attachedTargetGroups('hive-v000')).toEqual([{ arn, isRemoving: false }])
    expect((await group())?.targetGroupArns).toEqual([arn])
    await cloud.detachTargetGroups('hive-v000', [arn])
    await pass(60)
    expect(await cloud.attachedTargetGroups('hive-v000')).toEqual([])
  })
})

describeWorlds('groups that do not exist', (site) => {
  test('are a conflict to change, and done to delete', async () => {
    const { cloud } = await site()
    const change = cloud.updateScalingGroup('other-v000', { max: 1 })
    await expect(change).rejects.toMatchObject({ kind: 'conflict', code: 'SCALING_GROUP_GONE' })
    await cloud.deleteScalingGroup('other-v000')
  })
})

describe('groups and templates', () => {
  test('that this run has made are waited for where AWS does not know them yet', async () => {
    const { cloud, createGroup, createTargets, template } = await siteIn(sandboxWorld({ missingReads: 2 }))
    const { arn } = await createTargets()
    await createGroup({ desired: 0, targetGroupArns: [arn] })
    await cloud.createTemplateVersion(template.templateId, version('second'))
    await cloud.setDefaultVersion(template.templateId, 2)
    await cloud.putGroupSetting('hive-v000', hook)
    expect(await cloud.groupSettings('hive-v000')).toEqual([hook])
    expect(await cloud.attachedTargetGroups('hive-v000')).toMatchObject([{ arn }])
  })

  test('whose instance profile AWS does not know yet say so', async () => {
    const message =
      'You must use a valid fully-formed launch template. Value (bee) for parameter iamInstanceProfile.name is invalid. Invalid IAM Instance Profile name'
    const fault = { kind: 'error', code: 'ValidationError', message } as const
    const rules = [{ operation: 'CreateAutoScalingGroup', fault }]
    const { createGroup } = await siteIn(sandboxWorld({ rules }))
    await expect(createGroup()).rejects.toMatchObject({ kind: 'config', code: 'INSTANCE_PROFILE' })
  })

  test('are made once, whichever answer is lost', async () => {
    const fault = { kind: 'lose-answer' } as const
    const rules = ['CreateLaunchTemplate', 'CreateLaunchTemplateVersion', 'DeleteAutoScalingGroup'].map(
      (operation) => ({ operation, calls: [1], fault }),
    )
    const { cloud, pass, createGroup, group, template } = await siteIn(sandboxWorld({ rules }))
    await cloud.createTemplateVersion(template.templateId, version('second'))
    expect((await cloud.templateVersions('hive')).map((each) => each.version)).toEqual([2, 1])
    await createGroup({ desired: 0 })
    await pass(60)
    await cloud.deleteScalingGroup('hive-v000')
    await pass(60)
    expect(await group()).toBeUndefined()
  })

  test('in their hundreds are listed by pages, without their instances', async () => {
    const { cloud, calls, createGroup } = await siteIn(sandboxWorld())
    for (let number = 0; number < 101; number++) {
      await createGroup({ desired: 0, name: `hive-${String(number)}` })
    }
    calls.length = 0
    expect(await cloud.scalingGroups()).toHaveLength(101)
    const page = 'autoscaling:DescribeAutoScalingGroups'
    expect(calls).toEqual([page, page])
  })
})
