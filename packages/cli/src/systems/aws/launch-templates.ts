import {
  DescribeLaunchTemplateVersionsCommand,
  type DescribeLaunchTemplateVersionsRequest,
  type LaunchTemplateVersion as Ec2Version,
} from '@aws-sdk/client-ec2'
import type { LaunchTemplates, LaunchTemplateVersion } from '@package/core/ports/cloud/launch-templates'

import { allPages } from './pages.ts'
import type { Send } from './sender.ts'

export function launchTemplates(send: Send): LaunchTemplates {
  const describe = async (request: DescribeLaunchTemplateVersionsRequest) => {
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
  return {
    // Without a template, EC2 tells of all (EC2 API Reference, DescribeLaunchTemplateVersions).
    currentTemplateVersions: () => describe({ Versions: ['$Latest', '$Default'] }),
    async templateVersionsUpTo(templateId, version) {
      const found = await describe({ LaunchTemplateId: templateId, MaxVersion: String(version) })
      return found.sort((a, b) => b.version - a.version)
    },
  }
}

function toVersion(found: Ec2Version): LaunchTemplateVersion {
  const { LaunchTemplateId = '', LaunchTemplateName = '', VersionNumber = 0, DefaultVersion } = found
  const imageId = found.LaunchTemplateData?.ImageId
  return {
    templateId: LaunchTemplateId,
    templateName: LaunchTemplateName,
    version: VersionNumber,
    isDefault: DefaultVersion === true,
    ...(imageId !== undefined && { imageId }),
  }
}
