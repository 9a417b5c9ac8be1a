import type { DeployOrder } from '../../deploy/deploy-order.ts'
import { PackageError } from '../../errors.ts'
import { checkNoLogIn, type DeployCall } from './deploy-options.ts'

/**
 * How the hosts are deployed to. Throws PackageError for Systems Manager: config without a bucket, usage with options of logging in.
 */
export function deployWay(call: DeployCall): DeployOrder['via'] {
  const { options } = call
  if (options.via !== 'ssm') return { ssh: options }
  checkNoLogIn(call)
  const bucket = call.nodes.settings.artifacts_bucket
  if (bucket !== undefined) {
    return { ssm: { bucket, areWholeGroups: options.name === undefined && !options['retry-failed'] } }
  }
  throw new PackageError('config', 'BUCKET_MISSING', '--via ssm needs a bucket that bundles go through', {
    hint: 'make an S3 bucket that nobody else reads, and add "__settings__": {"artifacts_bucket": "<its name>"} to nodes.json',
  })
}
