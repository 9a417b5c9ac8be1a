import {
  CreateLaunchTemplateCommand,
  CreateLaunchTemplateVersionCommand,
  DeleteLaunchTemplateCommand,
  DescribeLaunchTemplatesCommand,
  DescribeLaunchTemplateVersionsCommand,
  ModifyLaunchTemplateCommand,
  RunInstancesCommand,
  type LaunchTemplate,
} from '@aws-sdk/client-ec2'

import { motoImage, type Scenario } from '../scenario.ts'

const LaunchTemplateName = 'bee'
const LaunchTemplateData = { ImageId: motoImage, InstanceType: 't3.micro' } as const
const bee = { LaunchTemplateName, LaunchTemplateData }

const numbers = ({ LaunchTemplate: made }: { LaunchTemplate?: LaunchTemplate | undefined }) => [
  made?.LaunchTemplateName,
  made?.DefaultVersionNumber,
  made?.LatestVersionNumber,
]

export const launchTemplateScenarios: Scenario[] = [
  {
    name: 'launch templates',
    async play(caller) {
      await caller.does('create', new CreateLaunchTemplateCommand(bee), numbers)
      await caller.refuses(
        'create what is there',
        'InvalidLaunchTemplateName.AlreadyExistsException',
        new CreateLaunchTemplateCommand(bee),
      )
      await caller.does(
        'add a version',
        new CreateLaunchTemplateVersionCommand({
          LaunchTemplateName,
          SourceVersion: '1',
          VersionDescription: 'with a key',
          LaunchTemplateData: { KeyName: 'bee' },
        }),
        ({ LaunchTemplateVersion: made }) => [
          made?.VersionNumber,
          made?.DefaultVersion,
          made?.LaunchTemplateData,
        ],
      )
      await caller.does(
        'show the versions',
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName }),
        ({ LaunchTemplateVersions }) =>
          LaunchTemplateVersions?.map((each) => [each.VersionNumber, each.VersionDescription]),
      )
      await caller.does(
        'show the default and the latest',
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ['$Default', '$Latest'] }),
        ({ LaunchTemplateVersions }) => LaunchTemplateVersions?.map(({ VersionNumber }) => VersionNumber),
      )
      await caller.does(
        'make the second the default',
        new ModifyLaunchTemplateCommand({ LaunchTemplateName, DefaultVersion: '2' }),
        numbers,
      )
      await caller.does(
        'find by name',
        new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: [LaunchTemplateName] }),
        ({ LaunchTemplates }) => LaunchTemplates?.map((each) => numbers({ LaunchTemplate: each })),
      )
      await caller.refuses(
        'find by the name of none',
        'InvalidLaunchTemplateName.NotFoundException',
        new DescribeLaunchTemplatesCommand({ LaunchTemplateNames: ['wasp'] }),
      )
      await caller.refuses(
        'show a version that is none',
        'InvalidLaunchTemplateId.VersionNotFound',
        new DescribeLaunchTemplateVersionsCommand({ LaunchTemplateName, Versions: ['7'] }),
      )
      await caller.does(
        'launch from the first version',
        new RunInstancesCommand({
          LaunchTemplate: { LaunchTemplateName, Version: '1' },
          MinCount: 1,
          MaxCount: 1,
        }),
        ({ Instances }) => Instances?.map(({ ImageId, InstanceType }) => [ImageId, InstanceType]),
      )
      await caller.does('delete', new DeleteLaunchTemplateCommand({ LaunchTemplateName }), numbers)
      await caller.refuses(
        'delete what is gone',
        'InvalidLaunchTemplateName.NotFoundException',
        new DeleteLaunchTemplateCommand({ LaunchTemplateName }),
      )
    },
  },
]
