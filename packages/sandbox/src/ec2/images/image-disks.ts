import type { Scope } from '../../operation.ts'
import type { Ec2State } from '../ec2-state.ts'
import { stateOf } from '../instances/instance-states.ts'
import type { Image } from './image.ts'

/** Has the captured disks removed that no image, snapshot or instance of any region needs any more. */
export function forgetUnusedDisks(scope: Scope): void {
  const regions = Object.values(scope.account.regions).map(({ ec2 }) => ec2)
  const needed = new Set<string>()
  const left: Image[] = []
  for (const region of regions) {
    const inUse = imagesInUse(region, scope.now)
    for (const image of Object.values(region.images)) {
      if (image.diskImageId === undefined) continue
      if (isNeeded(image, region, inUse)) needed.add(image.diskImageId)
      else left.push(image)
    }
  }
  const unused = new Set<string>()
  for (const image of left) {
    if (image.diskImageId === undefined || needed.has(image.diskImageId)) continue
    unused.add(image.diskImageId)
    delete image.diskImageId
  }
  if (unused.size > 0) scope.whenKept(() => scope.hosts.forget([...unused]))
}

/** A deregistered one can be registered again from its root snapshot. */
function isNeeded(image: Image, { snapshots }: Ec2State, inUse: ReadonlySet<string>): boolean {
  const snapshotId = rootSnapshotId(image)
  const hasSnapshot = snapshotId !== undefined && Object.hasOwn(snapshots, snapshotId)
  return image.isDeregistered !== true || hasSnapshot || inUse.has(image.imageId)
}

/** Of the instances that may boot for the first time yet. */
function imagesInUse({ instances }: Ec2State, now: number): Set<string> {
  const left = Object.values(instances).filter((instance) => stateOf(instance, now) !== 'terminated')
  return new Set(left.map(({ imageId }) => imageId))
}

export function rootSnapshotId({ blockDevices, rootDeviceName }: Image): string | undefined {
  return blockDevices.find(({ deviceName }) => deviceName === rootDeviceName)?.ebs?.snapshotId
}
