import { isWellFormed } from '../../account/ids.ts'
import { AwsError, invalidParameterValue } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import type { LaunchTemplate, LaunchTemplateVersion } from './launch-template.ts'

/** How requests name a launch template: by one of the two. */
export interface LaunchTemplateName {
  LaunchTemplateId?: string | undefined
  LaunchTemplateName?: string | undefined
}

/** The launch template that a request names. Throws AwsError where there is none, and unless exactly one name is given. */
export function launchTemplateOf(scope: Scope, named: LaunchTemplateName): LaunchTemplate {
  const { LaunchTemplateId: id, LaunchTemplateName: name } = named
  if (id !== undefined && name !== undefined) {
    throw new AwsError(
      'InvalidParameterCombination',
      'You cannot specify both launchTemplateId and launchTemplateName. Specify one and try again.',
    )
  }
  if (id !== undefined) return launchTemplateWithId(scope, id)
  if (name === undefined) {
    throw new AwsError(
      'MissingParameter',
      'Either a launch template ID or a launch template name is required.',
    )
  }
  const template = launchTemplateNamed(scope, name)
  if (template) return template
  throw new AwsError(
    'InvalidLaunchTemplateName.NotFoundException',
    `The specified launch template, with template name ${name}, does not exist.`,
  )
}

export function launchTemplateNamed(scope: Scope, name: string): LaunchTemplate | undefined {
  return Object.values(scope.state.ec2.launchTemplates).find((template) => template.name === name)
}

/** Throws AwsError (InvalidLaunchTemplateId.Malformed). */
export function checkLaunchTemplateId(id: string): void {
  if (!isWellFormed('lt', id)) {
    throw new AwsError('InvalidLaunchTemplateId.Malformed', `Invalid id: "${id}"`)
  }
}

export function unknownLaunchTemplateId(id: string): AwsError {
  return new AwsError(
    'InvalidLaunchTemplateId.NotFound',
    `The specified launch template, with template ID ${id}, does not exist.`,
  )
}

function launchTemplateWithId(scope: Scope, id: string): LaunchTemplate {
  checkLaunchTemplateId(id)
  const { launchTemplates } = scope.state.ec2
  const template = Object.hasOwn(launchTemplates, id) ? launchTemplates[id] : undefined
  if (template) return template
  throw unknownLaunchTemplateId(id)
}

/** The highest version that is left. */
export function latestVersionOf({ versions }: LaunchTemplate): number {
  return Math.max(...Object.values(versions).map(({ number }) => number))
}

/** The versions, the newest first, as AWS lists them. */
export function versionsOf({ versions }: LaunchTemplate): LaunchTemplateVersion[] {
  return Object.values(versions).sort((a, b) => b.number - a.number)
}

/** The version that a number, `$Latest` or `$Default` stands for. Throws AwsError where there is none. */
export function versionOf(template: LaunchTemplate, wanted: string): LaunchTemplateVersion {
  const number = versionNumberOf(template, wanted)
  const version = template.versions[String(number)]
  if (version) return version
  throw new AwsError(
    'InvalidLaunchTemplateId.VersionNotFound',
    `Could not find the specified version ${wanted} for the launch template with ID ${template.launchTemplateId}.`,
  )
}

/** The number that is meant, whether or not there is such a version. Throws AwsError for what is none. */
export function versionNumberOf(template: LaunchTemplate, wanted: string): number {
  if (wanted === '$Latest') return latestVersionOf(template)
  if (wanted === '$Default') return template.defaultVersion
  if (/^[1-9]\d{0,8}$/.test(wanted)) return Number(wanted)
  throw invalidParameterValue(
    `Value (${wanted}) for parameter LaunchTemplateVersion is invalid. Launch template version must be a positive integer, $Latest or $Default.`,
  )
}
