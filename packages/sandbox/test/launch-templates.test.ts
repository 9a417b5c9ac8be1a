import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  CreateTagsCommand,
  DeleteLaunchTemplateCommand,
  DeleteLaunchTemplateVersionsCommand,
  DeleteTagsCommand,
  DescribeInstancesCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
  RunInstancesCommand,
  type EC2Client,
  type RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2'
import { expect, test } from 'vitest'

import { ImageId, testAccount } from './test-account.ts'

const LaunchTemplateName = 'bee'

function account() {
  return testAccount({ images: [{ region: 'us-east-1', imageId: ImageId }] })
}

async function create(ec2: EC2Client, data: RequestLaunchTemplateData = {}, name = LaunchTemplateName) {
  const { LaunchTemplate } = await ec2.send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      LaunchTemplateData: { ImageId, InstanceType: 't3.micro', ...data },
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: [{ Key: 'group', Value: name }] }],
    }),
  )
  return LaunchTemplate?.LaunchTemplateId ?? ''
}

async function addVersion(ec2: EC2Client, data: RequestLaunchTemplateData, SourceVersion?: string) {
  const { LaunchTemplateVersion } = await ec2.send(
    new CreateLaunchTemplateVersionCommand({
      LaunchTemplateName,
      LaunchTemplateData: data,
      ...(SourceVersion !== undefined && { SourceVersion }),
    }),
  )
  return LaunchTemplateVersion
}

async function versions(ec2: EC2Client, input: object = {}) {
  const { LaunchTemplateVersions = [] } = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName, ...input }),
  )
  return LaunchTemplateVersions.map(({ VersionNumber }) => VersionNumber)
}

test('a launch template is found by name, id and tag, and its name is taken', async () => {
  const { ec2 } = account()
  const id = await create(ec2)
  for (const input of [
    { LaunchTemplateNames: ['bee'] },
    { LaunchTemplateIds: [id] },
    { Filters: [{ Name: 'tag:group', Values: ['bee'] }] },
    { Filters: [{ Name: 'launch-template-name', Values: ['b*'] }] },
  ]) {
    const { LaunchTemplates } = await ec2.send(new DescribeLaunchTemplatesCommand(input))
    expect(LaunchTemplates).toMatchObject([
      { LaunchTemplateId: id, LaunchTemplateName: 'bee', DefaultVersionNumber: 1, LatestVersionNumber: 1 },
    ])
  }
  await expect(create(ec2)).rejects.toMatchObject({
    Code: 'InvalidLaunchTemplateName.AlreadyExistsException',
  })
  await ec2.send(new CreateTagsCommand({ Resources: [id], Tags: [{ Key: 'a', Value: 'b' }] }))
})

test('what does not exist or is misnamed is refused with the codes of AWS', async () => {
  const { ec2 } = account()
  const id = await create(ec2)
  const codes: [() => Promise<unknown>, string][] = [
    [
      () => ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: ['none'] })),
      'InvalidLaunchTemplateName.NotFoundException',
    ],
    [
      () => ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: ['lt-0123456789abcdef0'] })),
      'InvalidLaunchTemplateId.NotFound',
    ],
    [
      () => ec2.send(new DescribeLaunchTemplatesCommand({ LaunchTemplateIds: ['x'] })),
      'InvalidLaunchTemplateId.Malformed',
    ],
    [
      () => ec2.send(new DeleteLaunchTemplateCommand({ LaunchTemplateName: 'none' })),
      'InvalidLaunchTemplateName.NotFoundException',
    ],
    [() => versions(ec2, { Versions: ['2'] }), 'InvalidLaunchTemplateId.VersionNotFound'],
    [() => create(ec2, {}, 'a b'), 'InvalidLaunchTemplateName.MalformedException'],
    [() => create(ec2, { UserData: '%' }, 'other'), 'InvalidUserData.Malformed'],
    [() => versions(ec2, { LaunchTemplateId: id }), 'InvalidParameterCombination'],
    [() => versions(ec2, { LaunchTemplateName: undefined, Versions: ['1'] }), 'MissingParameter'],
  ]
  for (const [refused, Code] of codes) await expect(refused()).rejects.toMatchObject({ Code })
})

test('a version has what its source has, below its own; numbers are never given twice', async () => {
  const { ec2 } = account()
  await create(ec2, { KeyName: 'one', EbsOptimized: true })
  const second = await addVersion(ec2, { KeyName: 'two' }, '1')
  expect(second).toMatchObject({
    VersionNumber: 2,
    DefaultVersion: false,
    LaunchTemplateData: { ImageId, KeyName: 'two', EbsOptimized: true },
  })
  await addVersion(ec2, { ImageId })
  expect(await versions(ec2)).toEqual([3, 2, 1])
  expect(await versions(ec2, { MinVersion: '2' })).toEqual([3, 2])
  expect(await versions(ec2, { Versions: ['$Default', '$Latest'] })).toEqual([1, 3])
  expect(await versions(ec2, { Filters: [{ Name: 'is-default-version', Values: ['true'] }] })).toEqual([1])

  const deleted = await ec2.send(
    new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ['3', '7'] }),
  )
  expect(deleted).toMatchObject({
    SuccessfullyDeletedLaunchTemplateVersions: [{ VersionNumber: 3 }],
    UnsuccessfullyDeletedLaunchTemplateVersions: [
      { VersionNumber: 7, ResponseError: { Code: 'launchTemplateVersionDoesNotExist' } },
    ],
  })
  expect(await addVersion(ec2, { ImageId })).toMatchObject({ VersionNumber: 4 })
})

test('another version becomes the default one, which cannot be deleted', async () => {
  const { ec2 } = account()
  await create(ec2)
  await addVersion(ec2, { KeyName: 'two' }, '$Latest')
  const changed = await ec2.send(new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '2' }))
  expect(changed.LaunchTemplate).toMatchObject({ DefaultVersionNumber: 2 })
  await expect(
    ec2.send(new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ['2'] })),
  ).rejects.toMatchObject({ Code: 'OperationNotPermitted' })
})

test('the latest and default versions of all launch templates are listed by pages', async () => {
  const { ec2 } = account()
  await create(ec2)
  await create(ec2, {}, 'wasp')
  await addVersion(ec2, { ImageId })
  const first = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({ Versions: ['$Latest', '$Default'], MaxResults: 2 }),
  )
  const second = await ec2.send(
    new DescribeLaunchTemplateVersionsCommand({
      Versions: ['$Latest', '$Default'],
      MaxResults: 2,
      NextToken: first.NextToken,
    }),
  )
  const all = [...(first.LaunchTemplateVersions ?? []), ...(second.LaunchTemplateVersions ?? [])]
  expect(all.map((each) => [each.LaunchTemplateName, each.VersionNumber])).toEqual([
    ['bee', 2],
    ['bee', 1],
    ['wasp', 1],
  ])
  expect(second.NextToken).toBeUndefined()
})

test('the same client token makes one launch template and one version', async () => {
  const { ec2 } = account()
  const request = { LaunchTemplateName, LaunchTemplateData: { ImageId }, ClientToken: 'a' }
  const first = await ec2.send(new CreateLaunchTemplateCommand(request))
  const again = await ec2.send(new CreateLaunchTemplateCommand(request))
  expect(again.LaunchTemplate?.LaunchTemplateId).toBe(first.LaunchTemplate?.LaunchTemplateId)
  await ec2.send(new CreateLaunchTemplateVersionCommand(request))
  await ec2.send(new CreateLaunchTemplateVersionCommand(request))
  expect(await versions(ec2)).toEqual([2, 1])
})

test('a launch takes what its template says, and its own parameters are stronger', async () => {
  const { ec2 } = account()
  const id = await create(ec2, {
    UserData: Buffer.from('hello').toString('base64'),
    TagSpecifications: [
      { ResourceType: 'instance', Tags: [{ Key: 'from', Value: 'template' }] },
      { ResourceType: 'volume', Tags: [{ Key: 'from', Value: 'template' }] },
    ],
  })
  await addVersion(ec2, { InstanceType: 't3.small' }, '1')
  const launch = (more: object) => ec2.send(new RunInstancesCommand({ MinCount: 1, MaxCount: 1, ...more }))
  const usual = await launch({ LaunchTemplate: { LaunchTemplateName } })
  expect(usual.Instances).toMatchObject([{ ImageId, InstanceType: 't3.micro' }])
  const own = await launch({
    LaunchTemplate: { LaunchTemplateId: id, Version: '2' },
    TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'from', Value: 'request' }] }],
  })
  expect(own.Instances).toMatchObject([{ InstanceType: 't3.small' }])
  expect(own.Instances?.[0]?.Tags).toEqual([
    { Key: 'from', Value: 'request' },
    { Key: 'aws:ec2launchtemplate:id', Value: id },
    { Key: 'aws:ec2launchtemplate:version', Value: '2' },
  ])
  await expect(launch({ LaunchTemplate: { LaunchTemplateName, Version: '9' } })).rejects.toMatchObject({
    Code: 'InvalidLaunchTemplateId.VersionNotFound',
  })
})

test('tags of AWS itself stay when all tags are removed', async () => {
  const { ec2 } = account()
  await create(ec2)
  const launched = await ec2.send(
    new RunInstancesCommand({
      MinCount: 1,
      MaxCount: 1,
      LaunchTemplate: { LaunchTemplateName },
      TagSpecifications: [{ ResourceType: 'instance', Tags: [{ Key: 'mine', Value: '' }] }],
    }),
  )
  const InstanceId = launched.Instances?.[0]?.InstanceId ?? ''
  await ec2.send(new DeleteTagsCommand({ Resources: [InstanceId] }))
  const { Reservations } = await ec2.send(new DescribeInstancesCommand({ InstanceIds: [InstanceId] }))
  expect(Reservations?.[0]?.Instances?.[0]?.Tags?.map(({ Key }) => Key)).toEqual([
    'aws:ec2launchtemplate:id',
    'aws:ec2launchtemplate:version',
  ])
})
