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

/** Whether new instances of the group begin with this bundle already. */
export async function isPublished(
  artifacts: Artifacts,
  store: BundleStore,
  { digest }: Bundle,
): Promise<boolean> {
  const published = await artifacts.artifactText(placeOf(store, 'bundle.sha256'))
  return published?.trim() === digest
}

/** Makes a bundle the one that new instances of its group begin with. The digest comes last: they check by it. */
export async function publishBundle(
  artifacts: Artifacts,
  store: BundleStore,
  { digest, archive }: Bundle,
): Promise<void> {
  await artifacts.putArtifact(placeOf(store, 'bundle.tar.gz'), archive)
  await artifacts.putArtifact(placeOf(store, 'bundle.sha256'), `${digest}\n`)
}

function placeOf({ bucket, owner, group }: BundleStore, name: string): ArtifactPlace {
  return { bucket, key: `${bundleFolder(owner, group)}/${name}` }
}
