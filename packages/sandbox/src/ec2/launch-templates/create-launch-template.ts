import type {
  CreateLaunchTemplateRequest,
  CreateLaunchTemplateResult,
  CreateLaunchTemplateVersionRequest,
  CreateLaunchTemplateVersionResult,
  RequestLaunchTemplateData,
} from '@aws-sdk/client-ec2'

import { newId } from '../../account/ids.ts'
import { once } from '../../account/idempotency.ts'
import { AwsError, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { checkTaggedTypes, tagOnCreate } from '../tags/tags.ts'
import { launchTemplateNamed, launchTemplateOf, versionOf } from './known-launch-templates.ts'
import { shownTemplate, shownVersion } from './launch-template-answer.ts'
import { checkedData, checkVersionDescription } from './launch-template-data.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-template.ts'

/** EC2 User Guide, "Launch template restrictions": per region, and versions of each. */
const mostTemplates = 5000
const mostVersions = 10_000

export function createLaunchTemplate(
  input: CreateLaunchTemplateRequest,
  scope: Scope,
): CreateLaunchTemplateResult {
  const { LaunchTemplateName: name, LaunchTemplateData: data } = input
  if (name === undefined) throw missingParameter('LaunchTemplateName')
  if (data === undefined) throw missingParameter('LaunchTemplateData')
  checkName(name)
  checkVersionDescription(input.VersionDescription)
  checkTaggedTypes(input.TagSpecifications, ['launch-template'])
  const tokens = (scope.state.ec2.tokens['CreateLaunchTemplate'] ??= {})
  const LaunchTemplateId = once(tokens, input.ClientToken, input, () => {
    const made = add(scope, name, versionFrom(scope, 1, input.VersionDescription, checkedData(data)))
    tagOnCreate(scope, made.launchTemplateId, 'launch-template', input.TagSpecifications)
    return made.launchTemplateId
  })
  return { LaunchTemplate: shownTemplate(launchTemplateOf(scope, { LaunchTemplateId }), scope) }
}

export function createLaunchTemplateVersion(
  input: CreateLaunchTemplateVersionRequest,
  scope: Scope,
): CreateLaunchTemplateVersionResult {
  const template = launchTemplateOf(scope, input)
  checkVersionDescription(input.VersionDescription)
  const tokens = (scope.state.ec2.tokens['CreateLaunchTemplateVersion'] ??= {})
  const number = once(tokens, input.ClientToken, input, () => String(addVersion(scope, template, input)))
  return { LaunchTemplateVersion: shownVersion(template, versionOf(template, number), scope) }
}

/** Its source version's parameters hold where it has none of its own (EC2 API Reference, CreateLaunchTemplateVersion). */
function addVersion(
  scope: Scope,
  template: LaunchTemplate,
  input: CreateLaunchTemplateVersionRequest,
): number {
  const { SourceVersion: source, LaunchTemplateData: own } = input
  if (own === undefined && source === undefined) throw missingParameter('LaunchTemplateData')
  if (Object.keys(template.versions).length >= mostVersions) {
    throw new AwsError(
      'VersionLimitExceeded',
      `You have reached the limit of ${String(mostVersions)} versions of this launch template.`,
    )
  }
  const data = { ...(source !== undefined && versionOf(template, source).data), ...own }
  const number = template.versionsMade + 1
  template.versions[String(number)] = versionFrom(scope, number, input.VersionDescription, checkedData(data))
  template.versionsMade = number
  return number
}

function add(scope: Scope, name: string, first: LaunchTemplateVersion): LaunchTemplate {
  const { launchTemplates } = scope.state.ec2
  if (launchTemplateNamed(scope, name)) {
    throw new AwsError(
      'InvalidLaunchTemplateName.AlreadyExistsException',
      'Launch template name already in use.',
    )
  }
  if (Object.keys(launchTemplates).length >= mostTemplates) {
    throw new AwsError(
      'MaxTemplateLimitExceeded',
      `You have reached the limit of ${String(mostTemplates)} launch templates.`,
    )
  }
  const made = {
    launchTemplateId: newId('lt'),
    name,
    createdAt: scope.now,
    defaultVersion: first.number,
    versionsMade: first.number,
    versions: { [String(first.number)]: first },
  }
  launchTemplates[made.launchTemplateId] = made
  scope.consistency.created(made.launchTemplateId)
  return made
}

function versionFrom(
  { now }: Scope,
  number: number,
  description: string | undefined,
  data: RequestLaunchTemplateData,
): LaunchTemplateVersion {
  return { number, createdAt: now, data, ...(description !== undefined && { description }) }
}

/** EC2 API Reference, CreateLaunchTemplate: 3 to 128 characters of this pattern. */
function checkName(name: string): void {
  if (/^[a-zA-Z0-9().\-/_]{3,128}$/.test(name)) return
  throw new AwsError(
    'InvalidLaunchTemplateName.MalformedException',
    'Launch template names must be between 3 and 128 characters and may contain letters, numbers, and the following characters: - ( ) . / _',
  )
}
