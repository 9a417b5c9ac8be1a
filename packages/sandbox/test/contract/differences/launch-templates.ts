import { apiPage } from '../aws-pages.ts'
import type { Difference } from '../difference.ts'

export const launchTemplateDifferences: Difference[] = [
  {
    at: ['launch templates: add a version'],
    sandbox: '[2,false,{"ImageId":"ami-785db401","InstanceType":"t3.micro","KeyName":"bee"}]',
    moto: '[2,false,{"KeyName":"bee"}]',
    right: 'sandbox',
    aws: 'SourceVersion: The version of the launch template on which to base the new version. Snapshots applied to the block device mapping are ignored when creating a new version unless they are explicitly included. If you specify this parameter, the new version inherits the launch parameters from the source version.',
    page: apiPage('CreateLaunchTemplateVersion'),
  },
  {
    at: [
      'CreateLaunchTemplateVersion: ResponseLaunchTemplateData.ImageId',
      'CreateLaunchTemplateVersion: ResponseLaunchTemplateData.InstanceType',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'If you specify this parameter, the new version inherits the launch parameters from the source version.',
    page: apiPage('CreateLaunchTemplateVersion'),
  },
  {
    at: ['launch templates: show the versions'],
    sandbox: '[[2,"with a key"],[1,null]]',
    moto: '[[1,null],[2,"with a key"]]',
    right: 'both',
    aws: 'No order is promised; the examples of describe-launch-template-versions show the newest first.',
    page: apiPage('DescribeLaunchTemplateVersions'),
  },
  {
    at: ['launch templates: delete'],
    sandbox: '["bee",2,2]',
    moto: '["bee",2,null]',
    right: 'sandbox',
    aws: 'launchTemplate: Information about the launch template.',
    page: apiPage('DeleteLaunchTemplate'),
  },
  {
    at: [
      'DeleteLaunchTemplate: LaunchTemplate.CreatedBy',
      'DeleteLaunchTemplate: LaunchTemplate.CreateTime',
      'DeleteLaunchTemplate: LaunchTemplate.LatestVersionNumber',
    ],
    sandbox: 'there',
    moto: 'absent',
    right: 'sandbox',
    aws: 'launchTemplate: Information about the launch template.',
    page: apiPage('DeleteLaunchTemplate'),
  },
  {
    at: ['launch templates: delete what is gone'],
    sandbox: 'InvalidLaunchTemplateName.NotFoundException',
    moto: 'MissingParameter',
    right: 'sandbox',
    aws: 'LaunchTemplateName: You must specify either the launch template ID or the launch template name, but not both. (The name is given; moto does not know it any more.)',
    page: apiPage('DeleteLaunchTemplate'),
  },
]
