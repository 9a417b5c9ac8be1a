import {
  DeleteLaunchTemplateVersionsCommand,
  type DeleteLaunchTemplateVersionsResponseErrorItem,
} from '@aws-sdk/client-ec2'
import { PackageError } from '@package/core/errors'

import { batches } from './batches.ts'
import { isNotFound } from './not-found.ts'
import type { Send } from './sender.ts'

/** EC2 API Reference, DeleteLaunchTemplateVersions. */
const mostAtOnce = 200

/** Done also for those that do not exist any more. Throws PackageError for what AWS keeps, such as the default version. */
export async function deleteTemplateVersions(
  send: Send,
  templateId: string,
  versions: readonly number[],
): Promise<void> {
  for (const some of batches(versions, mostAtOnce)) {
    const refused = await deleteSome(send, templateId, some.map(String))
    const kept = refused.find(({ ResponseError }) => !(ResponseError?.Code ?? '').endsWith('DoesNotExist'))
    if (kept) throw keptVersion(templateId, kept)
  }
}

async function deleteSome(
  send: Send,
  templateId: string,
  versions: string[],
): Promise<DeleteLaunchTemplateVersionsResponseErrorItem[]> {
  try {
    const answer = await send(
      new DeleteLaunchTemplateVersionsCommand({ LaunchTemplateId: templateId, Versions: versions }),
    )
    return answer.UnsuccessfullyDeletedLaunchTemplateVersions ?? []
  } catch (error) {
    if (isNotFound(error)) return []
    throw error
  }
}

function keptVersion(
  templateId: string,
  { VersionNumber, ResponseError }: DeleteLaunchTemplateVersionsResponseErrorItem,
): PackageError {
  const reason = `${ResponseError?.Code ?? 'no code'}: ${ResponseError?.Message ?? ''}`
  return new PackageError(
    'system',
    'TEMPLATE_VERSION_KEPT',
    `AWS did not delete version ${String(VersionNumber)} of launch template ${templateId}: ${reason}`,
    { hint: 'run the same command again' },
  )
}
