import type {
  DeleteLaunchTemplateRequest,
  DeleteLaunchTemplateResult,
  DeleteLaunchTemplateVersionsRequest,
  DeleteLaunchTemplateVersionsResult,
  ModifyLaunchTemplateRequest,
  ModifyLaunchTemplateResult,
} from '@aws-sdk/client-ec2'

import { AwsError, invalidParameterValue, missingParameter } from '../../aws-error.ts'
import type { Scope } from '../../operation.ts'
import { forgetTags } from '../tags/tags.ts'
import { launchTemplateOf, versionNumberOf, versionOf } from './known-launch-templates.ts'
import { shownTemplate } from './launch-template-answer.ts'

/** EC2 API Reference, DeleteLaunchTemplateVersions. */
const mostVersionsAtOnce = 200

/** Makes another version the default one. */
export function modifyLaunchTemplate(
  input: ModifyLaunchTemplateRequest,
  scope: Scope,
): ModifyLaunchTemplateResult {
  const template = launchTemplateOf(scope, input)
  const { DefaultVersion: wanted } = input
  if (wanted === undefined) throw missingParameter('DefaultVersion')
  template.defaultVersion = versionOf(template, wanted).number
  return { LaunchTemplate: shownTemplate(template, scope) }
}

/** With all its versions, whoever uses it. */
export function deleteLaunchTemplate(
  input: DeleteLaunchTemplateRequest,
  scope: Scope,
): DeleteLaunchTemplateResult {
  const template = launchTemplateOf(scope, input)
  const shown = shownTemplate(template, scope)
  delete scope.state.ec2.launchTemplates[template.launchTemplateId]
  forgetTags(scope, template.launchTemplateId)
  return { LaunchTemplate: shown }
}

/** What cannot be deleted is named in the answer; the others are deleted nevertheless. */
export function deleteLaunchTemplateVersions(
  input: DeleteLaunchTemplateVersionsRequest,
  scope: Scope,
): DeleteLaunchTemplateVersionsResult {
  const template = launchTemplateOf(scope, input)
  const { Versions: wanted = [] } = input
  if (wanted.length === 0) throw missingParameter('LaunchTemplateVersion')
  if (wanted.length > mostVersionsAtOnce) {
    throw invalidParameterValue(`A request names at most ${String(mostVersionsAtOnce)} versions.`)
  }
  const numbers = [...new Set(wanted.map((each) => versionNumberOf(template, each)))]
  if (numbers.includes(template.defaultVersion)) {
    throw new AwsError(
      'OperationNotPermitted',
      'You cannot delete the default version of a launch template. Set another default version first.',
    )
  }
  const named = { LaunchTemplateId: template.launchTemplateId, LaunchTemplateName: template.name }
  const [known, unknown] = [true, false].map((isKnown) =>
    numbers.filter((number) => Object.hasOwn(template.versions, String(number)) === isKnown),
  )
  for (const number of known ?? []) delete template.versions[String(number)]
  return {
    SuccessfullyDeletedLaunchTemplateVersions: (known ?? []).map((VersionNumber) => ({
      ...named,
      VersionNumber,
    })),
    UnsuccessfullyDeletedLaunchTemplateVersions: (unknown ?? []).map((VersionNumber) => ({
      ...named,
      VersionNumber,
      ResponseError: {
        Code: 'launchTemplateVersionDoesNotExist',
        Message: `Launch template version ${String(VersionNumber)} does not exist.`,
      },
    })),
  }
}
