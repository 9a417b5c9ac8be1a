import {
  CreateLaunchTemplate$,
  CreateLaunchTemplateVersion$,
  DeleteLaunchTemplate$,
  DeleteLaunchTemplateVersions$,
  DescribeLaunchTemplates$,
  DescribeLaunchTemplateVersions$,
  ModifyLaunchTemplate$,
} from '@aws-sdk/client-ec2'

import { operation } from '../../operation.ts'
import {
  deleteLaunchTemplate,
  deleteLaunchTemplateVersions,
  modifyLaunchTemplate,
} from './change-launch-template.ts'
import { createLaunchTemplate, createLaunchTemplateVersion } from './create-launch-template.ts'
import { describeLaunchTemplates, describeLaunchTemplateVersions } from './describe-launch-templates.ts'

export const launchTemplateOperations = [
  operation(CreateLaunchTemplate$, createLaunchTemplate),
  operation(CreateLaunchTemplateVersion$, createLaunchTemplateVersion),
  operation(DescribeLaunchTemplates$, describeLaunchTemplates),
  operation(DescribeLaunchTemplateVersions$, describeLaunchTemplateVersions),
  operation(ModifyLaunchTemplate$, modifyLaunchTemplate),
  operation(DeleteLaunchTemplate$, deleteLaunchTemplate),
  operation(DeleteLaunchTemplateVersions$, deleteLaunchTemplateVersions),
]
