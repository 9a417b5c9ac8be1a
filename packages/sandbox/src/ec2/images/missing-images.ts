import { matching } from '../../account/filters.ts'
import { fixedId } from '../../account/ids.ts'
import type { WantedImage } from './wanted-image.ts'
import type { Image } from './image.ts'
import { publicImage, publishers, type Publisher } from './publishers.ts'

const daysAgo = 30
const serial = '20250801'

/** Owners that may be named instead of their account's id. */
const ownerIdOf: Readonly<Record<string, string>> = {
  amazon: publishers.amazon.ownerId,
  'aws-marketplace': '679593333241',
}

/** The wanted images of a region that its stock lacks, each with a name that its pattern matches. */
export function missingImages(
  region: string,
  wanted: readonly WantedImage[],
  stock: readonly Image[],
  now: number,
): Image[] {
  const known = [...stock]
  for (const each of wanted) {
    const image = each.region === region ? missingImage(each, known, now) : undefined
    if (image) known.push(image)
  }
  return known.slice(stock.length)
}

function missingImage(wanted: WantedImage, known: readonly Image[], now: number): Image | undefined {
  if ('imageId' in wanted) {
    const { imageId } = wanted
    if (known.some((image) => image.imageId === imageId)) return undefined
    return wantedImage(
      publishers.canonical,
      { imageId, name: `image-${imageId}`, architecture: 'x86_64' },
      now,
    )
  }
  const { region, owner, name: pattern, architecture } = wanted
  // What the account itself owns is not there before it was made.
  if (owner === 'self' || isThere(wanted, known)) return undefined
  const name = pattern.replaceAll('*', serial).replaceAll('?', '0')
  const imageId = fixedId('ami', `${region} ${owner} ${name} ${architecture ?? ''}`)
  return wantedImage(publisherOf(owner), { imageId, name, architecture: architecture ?? 'x86_64' }, now)
}

function isThere(wanted: Extract<WantedImage, { owner: string }>, known: readonly Image[]): boolean {
  const ownerId = ownerIdOf[wanted.owner] ?? wanted.owner
  const { architecture } = wanted
  const candidates = known.filter(
    (image) =>
      image.ownerId === ownerId && (architecture === undefined || image.architecture === architecture),
  )
  const filters = [{ Name: 'name', Values: [wanted.name] }]
  return matching(candidates, filters, { name: ({ name }) => name }, () => ({})).length > 0
}

function publisherOf(owner: string): Publisher {
  const ownerId = ownerIdOf[owner] ?? owner
  const known = Object.values(publishers).find((publisher) => publisher.ownerId === ownerId)
  if (known) return known
  const alias = owner === ownerId ? undefined : owner
  const { user, rootDeviceName } = publishers.canonical
  return { ownerId, user, rootDeviceName, ...(alias !== undefined && { ownerAlias: alias }) }
}

function wantedImage(
  publisher: Publisher,
  image: Pick<Image, 'imageId' | 'name' | 'architecture'>,
  now: number,
): Image {
  const createdAt = dayBefore(now, daysAgo)
  return {
    ...publicImage(publisher, image.architecture),
    ...image,
    description: image.name,
    blockDevices: [
      {
        deviceName: publisher.rootDeviceName,
        ebs: {
          snapshotId: fixedId('snap', image.imageId),
          sizeGib: 8,
          type: 'gp3',
          iops: 3000,
          throughput: 125,
          encrypted: false,
          deleteOnTermination: true,
        },
      },
    ],
    createdAt,
    availableAt: createdAt,
  }
}

/** At midnight, so that reads before the first change give the same. */
function dayBefore(now: number, days: number): number {
  const day = 24 * 60 * 60 * 1000
  return Math.floor(now / day) * day - days * day
}
