import type {
  DescribeLaunchTemplatesRequest,
  DescribeLaunchTemplatesResult,
  DescribeLaunchTemplateVersionsRequest,
  DescribeLaunchTemplateVersionsResult,
} from '@aws-sdk/client-ec2'

import { matching, type FilterValues } from '../../account/filters.ts'
import { page } from '../../account/pages.ts'
import { AwsError } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { selectResources } from '../select-resources.ts'
import {
  checkLaunchTemplateId,
  launchTemplateNamed,
  launchTemplateOf,
  latestVersionOf,
  unknownLaunchTemplateId,
  versionOf,
  versionsOf,
} from './known-launch-templates.ts'
import { shownTemplate, shownVersion } from './launch-template-answer.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-template.ts'

/** EC2 API Reference, DescribeLaunchTemplates and DescribeLaunchTemplateVersions. */
const pageSizes = [1, 200] as const

export function describeLaunchTemplates(
  input: DescribeLaunchTemplatesRequest,
  scope: Scope,
): DescribeLaunchTemplatesResult {
  const { LaunchTemplateIds: ids = [], LaunchTemplateNames: names = [] } = input
  for (const id of ids) checkLaunchTemplateId(id)
  const templates = Object.values(scope.state.ec2.launchTemplates)
  const named = names.map((name) => launchTemplateNamed(scope, name)?.launchTemplateId)
  const found = selectResources(scope, {
    from: Object.fromEntries(templates.map((template) => [template.launchTemplateId, template])),
    ids: [...ids, ...named.map((id) => id ?? '')],
    notFound: ([missing = '']) => (ids.includes(missing) ? unknownLaunchTemplateId(missing) : unknownNames()),
    filters: input.Filters,
    values: {
      'create-time': ({ createdAt }) => new Date(createdAt).toISOString(),
      'launch-template-name': ({ name }) => name,
    },
    idOf: ({ launchTemplateId }) => launchTemplateId,
  })
  const { items, NextToken } = page(found, input, pageSizes)
  return { LaunchTemplates: items.map((template) => shownTemplate(template, scope)), NextToken }
}

function unknownNames(): AwsError {
  return new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    'At least one of the launch templates specified in the request does not exist.',
  )
}

interface Row {
  template: LaunchTemplate
  version: LaunchTemplateVersion
}

/** Of one launch template, or the latest and default ones of all. */
export function describeLaunchTemplateVersions(
  input: DescribeLaunchTemplateVersionsRequest,
  scope: Scope,
): DescribeLaunchTemplateVersionsResult {
  const isNamed = input.LaunchTemplateId !== undefined || input.LaunchTemplateName !== undefined
  const rows = isNamed ? rowsOfOne(input, scope) : rowsOfAll(input, scope)
  const found = matching(rows, input.Filters, versionFilters, () => ({}))
  const { items, NextToken } = page(found, input, pageSizes)
  return {
    LaunchTemplateVersions: items.map(({ template, version }) => shownVersion(template, version, scope)),
    NextToken,
  }
}

function rowsOfOne(input: DescribeLaunchTemplateVersionsRequest, scope: Scope): Row[] {
  const template = launchTemplateOf(scope, input)
  if (!scope.consistency.sees(template.launchTemplateId)) {
    throw input.LaunchTemplateName === undefined
      ? unknownLaunchTemplateId(template.launchTemplateId)
      : unknownNames()
  }
  const { Versions: wanted = [], MinVersion: least = '1', MaxVersion: most = '$Latest' } = input
  if (wanted.length > 0) {
    if (input.MinVersion !== undefined || input.MaxVersion !== undefined) {
      throw new AwsError(
        'InvalidParameterCombination',
        'Versions may not be specified together with a minimum or a maximum version.',
      )
    }
    const numbers = new Set(wanted.map((each) => versionOf(template, each).number))
    return [...numbers].map((number) => ({ template, version: versionOf(template, String(number)) }))
  }
  const [first, last] = [numberIn(template, least), numberIn(template, most)]
  return versionsOf(template)
    .filter(({ number }) => number >= first && number <= last)
    .map((version) => ({ template, version }))
}

function numberIn(template: LaunchTemplate, bound: string): number {
  if (bound === '$Latest') return latestVersionOf(template)
  return bound === '$Default' ? template.defaultVersion : Number(bound)
}

/** EC2 API Reference, DescribeLaunchTemplateVersions: without a template, only `$Latest` and `$Default` can be asked for. */
function rowsOfAll({ Versions: wanted = [] }: DescribeLaunchTemplateVersionsRequest, scope: Scope): Row[] {
  if (wanted.length === 0 || wanted.some((each) => each !== '$Latest' && each !== '$Default')) {
    throw new AwsError(
      'MissingParameter',
      'Either a launch template ID or a launch template name is required, unless the versions are $Latest or $Default.',
    )
  }
  return Object.values(scope.state.ec2.launchTemplates).flatMap((template) => {
    if (!scope.consistency.sees(template.launchTemplateId)) return []
    const versions = new Set(wanted.map((each) => versionOf(template, each)))
    return [...versions].map((version) => ({ template, version }))
  })
}

const versionFilters: FilterValues<Row> = {
  'create-time': ({ version }) => new Date(version.createdAt).toISOString(),
  'ebs-optimized': ({ version }) => textOf(version.data.EbsOptimized),
  'http-endpoint': ({ version }) => version.data.MetadataOptions?.HttpEndpoint,
  'http-tokens': ({ version }) => version.data.MetadataOptions?.HttpTokens,
  'iam-instance-profile': ({ version }) => version.data.IamInstanceProfile?.Arn,
  'image-id': ({ version }) => version.data.ImageId,
  'instance-type': ({ version }) => version.data.InstanceType,
  'is-default-version': ({ template, version }) => String(version.number === template.defaultVersion),
  'kernel-id': ({ version }) => version.data.KernelId,
  'ram-disk-id': ({ version }) => version.data.RamDiskId,
}

function textOf(flag: boolean | undefined): string | undefined {
  return flag === undefined ? undefined : String(flag)
}
