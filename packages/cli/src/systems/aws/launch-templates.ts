import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplateVersionsCommand,
  DescribeLaunchTemplatesCommand,
  ModifyLaunchTemplateCommand,
  type DescribeLaunchTemplateVersionsRequest,
  type LaunchTemplateVersion as Ec2Version,
} from '@aws-sdk/client-ec2'
import type {
  LaunchTemplates,
  LaunchTemplateVersion,
  NewTemplateVersion,
} from '@package/core/ports/cloud/launch-templates'
import type { Tags } from '@package/core/ports/cloud/tags'

import { base64Text } from './base64-text.ts'
import { clientTokenOf } from './client-token.ts'
import type { Consistent } from './consistent.ts'
import { deleteTemplateVersions } from './delete-template-versions.ts'
import { launchData } from './launch-data.ts'
import { isNotFound, unlessGone } from './not-found.ts'
import { allPages } from './pages.ts'
import type { Send } from './sender.ts'
import { tagFilters, tagList } from './tags.ts'
import { templateVersionId } from './template-version-id.ts'

export function launchTemplates(send: Send, consistent: Consistent): LaunchTemplates {
  const describe = (request: DescribeLaunchTemplateVersionsRequest) => describeVersions(send, request)
  return {
    // Without a template, EC2 tells of all (EC2 API Reference, DescribeLaunchTemplateVersions).
    currentTemplateVersions: () => describe({ Versions: ['$Latest', '$Default'] }),
    async templateVersionsUpTo(templateId, version) {
      return highestFirst(await describe({ LaunchTemplateId: templateId, MaxVersion: String(version) }))
    },
    async templateVersions(templateName) {
      try {
        return highestFirst(await describe({ LaunchTemplateName: templateName }))
      } catch (error) {
        if (isNotFound(error)) return []
        throw error
      }
    },
    createLaunchTemplate: (name, first, tags) => createTemplate(send, consistent, { name, first, tags }),
    createTemplateVersion: (templateId, next) => createVersion(send, consistent, templateId, next),
    async setDefaultVersion(templateId, version) {
      const command = new ModifyLaunchTemplateCommand({
        LaunchTemplateId: templateId,
        DefaultVersion: String(version),
      })
      await consistent.untilFound([templateId, templateVersionId(templateId, version)], () => send(command))
    },
    deleteTemplateVersions: (templateId, versions) => deleteTemplateVersions(send, templateId, versions),
    launchTemplatesTagged: (tags) => templatesTagged(send, tags),
    deleteLaunchTemplate: (templateId) =>
      unlessGone(send(new DeleteLaunchTemplateCommand({ LaunchTemplateId: templateId }))),
  }
}

async function describeVersions(
  send: Send,
  request: DescribeLaunchTemplateVersionsRequest,
): Promise<LaunchTemplateVersion[]> {
  const found = await allPages(async (token) => {
    const page = await send(
      new DescribeLaunchTemplateVersionsCommand({
        ...request,
        MaxResults: 200,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.LaunchTemplateVersions, next: page.NextToken }
  })
  return found.map(toVersion)
}

async function createTemplate(
  send: Send,
  consistent: Consistent,
  { name, first, tags }: { name: string; first: NewTemplateVersion; tags: Tags },
): Promise<LaunchTemplateVersion> {
  const { LaunchTemplate: made } = await send(
    new CreateLaunchTemplateCommand({
      LaunchTemplateName: name,
      ...versionRequest(first),
      TagSpecifications: [{ ResourceType: 'launch-template', Tags: tagList(tags) }],
    }),
  )
  const templateId = made?.LaunchTemplateId ?? ''
  consistent.made(templateId)
  return {
    templateId,
    templateName: name,
    version: 1,
    isDefault: true,
    description: first.description,
    imageId: first.specification.imageId,
    instanceType: first.specification.instanceType,
    userData: first.specification.userData,
  }
}

async function createVersion(
  send: Send,
  consistent: Consistent,
  templateId: string,
  next: NewTemplateVersion,
): Promise<LaunchTemplateVersion> {
  const command = new CreateLaunchTemplateVersionCommand({
    LaunchTemplateId: templateId,
    ...versionRequest(next),
  })
  const { LaunchTemplateVersion: made = {} } = await consistent.untilFound([templateId], () => send(command))
  const version = toVersion(made)
  consistent.made(templateVersionId(templateId, version.version))
  return version
}

function versionRequest({ clientToken, description, specification }: NewTemplateVersion) {
  return {
    ClientToken: clientTokenOf(clientToken),
    ...(description !== '' && { VersionDescription: description }),
    LaunchTemplateData: launchData(specification),
  }
}

async function templatesTagged(send: Send, tags: Tags): Promise<{ id: string; name: string }[]> {
  const found = await allPages(async (token) => {
    const page = await send(
      new DescribeLaunchTemplatesCommand({
        Filters: tagFilters(tags),
        MaxResults: 200,
        ...(token !== undefined && { NextToken: token }),
      }),
    )
    return { items: page.LaunchTemplates, next: page.NextToken }
  })
  return found.map(({ LaunchTemplateId = '', LaunchTemplateName = '' }) => ({
    id: LaunchTemplateId,
    name: LaunchTemplateName,
  }))
}

function highestFirst(versions: LaunchTemplateVersion[]): LaunchTemplateVersion[] {
  return versions.sort((a, b) => b.version - a.version)
}

function toVersion(found: Ec2Version): LaunchTemplateVersion {
  const { LaunchTemplateId = '', LaunchTemplateName = '', VersionNumber = 0, DefaultVersion } = found
  const { ImageId: imageId, InstanceType: instanceType, UserData: userData } = found.LaunchTemplateData ?? {}
  return {
    templateId: LaunchTemplateId,
    templateName: LaunchTemplateName,
    version: VersionNumber,
    isDefault: DefaultVersion === true,
    description: found.VersionDescription ?? '',
    ...(imageId !== undefined && { imageId }),
    ...(instanceType !== undefined && { instanceType }),
    ...(userData !== undefined && { userData: base64Text(userData) }),
  }
}
