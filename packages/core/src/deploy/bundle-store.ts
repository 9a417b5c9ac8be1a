import { bundleFolder } from '../launch/bundle-folder.ts'
import type { Owner } from '../ownership.ts'
import type { Bundle } from '../ports/bundles.ts'
import type { ArtifactPlace, Artifacts } from '../ports/cloud/artifacts.ts'

/** Whose bundles lie where. */
export interface BundleStore {
  bucket: string
  owner: Owner
  group: string
}

/** Keeps a bundle under its digest, where it is not there yet: what hosts fetch never changes under their hands. Gives its place. */
export async function keepBundle(
  artifacts: Artifacts,
  store: BundleStore,
  { digest, archive }: Bundle,
): Promise<ArtifactPlace> {
  const place = placeOf(store, `${digest}.tar.gz`)
  if (!(await artifacts.hasArtifact(place))) await artifacts.putArtifact(place, archive)
  return place
}

/** Makes a bundle the one that new instances of its group begin with. The digest comes last: they check by it. */
export async function publishBundle(
  artifacts: Artifacts,
  store: BundleStore,
  { digest, archive }: Bundle,
): Promise<'published' | 'unchanged'> {
  const digestPlace = placeOf(store, 'bundle.sha256')
  const published = await artifacts.artifactText(digestPlace)
  if (published?.trim() === digest) return 'unchanged'
  await artifacts.putArtifact(placeOf(store, 'bundle.tar.gz'), archive)
  await artifacts.putArtifact(digestPlace, `${digest}\n`)
  return 'published'
}

function placeOf({ bucket, owner, group }: BundleStore, name: string): ArtifactPlace {
  return { bucket, key: `${bundleFolder(owner, group)}/${name}` }
}
