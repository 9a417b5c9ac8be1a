import type { Bundle } from '../ports/bundles.ts'
import type { Report } from '../ports/report.ts'
import type { Successor } from './successors.ts'

/**
 * Says of a group that the next instance of its autoscale group would come up without this bundle: where that fetches none, and its
 * image is of another one.
 */
export function reportDrift(
  report: Report,
  bucket: string | undefined,
  name: string,
  { bundle, successor }: { bundle: Bundle; successor: Successor },
): void {
  const { imageId, imageBundle, fetchesBundle } = successor
  if (fetchesBundle || imageBundle === bundle.digest) return
  const [why, how] =
    bucket === undefined
      ? ['', `package packer:run ${name}, then package autoscale:update ${name}`]
      : [
          `, and its running version does not fetch bundles from ${bucket} yet`,
          `package autoscale:update ${name}`,
        ]
  const text = `${name}: its image ${imageId} is of another bundle${why}: the next instance of its autoscale group would come up without this one; ${how}`
  const data = { image: imageId, bundle: bundle.digest }
  report({ level: 'warning', code: 'IMAGE_DRIFT', group: name, text, data })
}
