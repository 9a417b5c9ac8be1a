import type {
  LaunchTemplate as ShownTemplate,
  LaunchTemplateVersion as ShownVersion,
  RequestLaunchTemplateData,
  ResponseLaunchTemplateData,
} from '@aws-sdk/client-ec2'

import type { Scope } from '../../operation.ts'
import { tagList } from '../tags/tags.ts'
import { latestVersionOf } from './known-launch-templates.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-template.ts'

export function shownTemplate(template: LaunchTemplate, scope: Scope): ShownTemplate {
  return {
    LaunchTemplateId: template.launchTemplateId,
    LaunchTemplateName: template.name,
    CreateTime: new Date(template.createdAt),
    CreatedBy: creator(scope),
    DefaultVersionNumber: template.defaultVersion,
    LatestVersionNumber: latestVersionOf(template),
    Tags: tagList(scope, template.launchTemplateId),
  }
}

export function shownVersion(
  template: LaunchTemplate,
  version: LaunchTemplateVersion,
  scope: Scope,
): ShownVersion {
  return {
    LaunchTemplateId: template.launchTemplateId,
    LaunchTemplateName: template.name,
    VersionNumber: version.number,
    ...(version.description !== undefined && { VersionDescription: version.description }),
    CreateTime: new Date(version.createdAt),
    CreatedBy: creator(scope),
    DefaultVersion: version.number === template.defaultVersion,
    LaunchTemplateData: shownData(version.data),
  }
}

/** What answers tell beside what was given: that the metadata options are in force. */
function shownData(data: RequestLaunchTemplateData): ResponseLaunchTemplateData {
  const { MetadataOptions: options, ...others } = data
  return { ...others, ...(options && { MetadataOptions: { State: 'applied', ...options } }) }
}

function creator({ accountId }: Scope): string {
  return `arn:aws:iam::${accountId}:user/sandbox`
}
