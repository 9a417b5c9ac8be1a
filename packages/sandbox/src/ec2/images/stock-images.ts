import { fixedId } from '../../account/ids.ts'
import type { WantedImage } from './wanted-image.ts'
import type { Image } from './image.ts'
import { publicImage, publishers, type Publisher } from './publishers.ts'
import { missingImages } from './missing-images.ts'

type Architecture = Image['architecture']

/** What one publisher offers under one name, with a new serial now and then. */
interface Line {
  publisher: Publisher
  /** With SERIAL in place of what changes from build to build. */
  name: string
  description: string
  architecture: Architecture
  rootGib: number
  volumeType: 'gp2' | 'gp3'
  /** The oldest first. */
  serials: readonly string[]
}

const { canonical, amazon, debian } = publishers
const architectures: readonly Architecture[] = ['x86_64', 'arm64']

/** Ubuntu and Debian call x86_64 amd64. */
function debianName(architecture: Architecture): string {
  return architecture === 'x86_64' ? 'amd64' : architecture
}

function ubuntu(release: string, version: string, volumeType: 'gp2' | 'gp3', serials: string[]): Line[] {
  const folder = volumeType === 'gp3' ? 'hvm-ssd-gp3' : 'hvm-ssd'
  return architectures.map((architecture) => ({
    publisher: canonical,
    name: `ubuntu/images/${folder}/ubuntu-${release}-${version}-${debianName(architecture)}-server-SERIAL`,
    description: `Canonical, Ubuntu, ${version} LTS, ${debianName(architecture)} ${release} image build on SERIAL`,
    architecture,
    rootGib: 8,
    volumeType,
    serials,
  }))
}

const lines: readonly Line[] = [
  ...ubuntu('jammy', '22.04', 'gp2', ['20240927', '20250115', '20250712']),
  ...ubuntu('noble', '24.04', 'gp3', ['20241004', '20250115', '20250712']),
  ...architectures.map((architecture) => ({
    publisher: amazon,
    name: `al2023-ami-2023.SERIAL.0-kernel-6.1-${architecture}`,
    description: `Amazon Linux 2023 AMI 2023.SERIAL.0 ${architecture} HVM kernel-6.1`,
    architecture,
    rootGib: 8,
    volumeType: 'gp3' as const,
    serials: ['6.20241010', '6.20250115', '8.20250715'],
  })),
  ...architectures.map((architecture) => ({
    publisher: debian,
    name: `debian-12-${debianName(architecture)}-SERIAL`,
    description: 'Debian 12 (SERIAL)',
    architecture,
    rootGib: 8,
    volumeType: 'gp3' as const,
    serials: ['20241004-1890', '20250115-1993', '20250703-2162'],
  })),
]

/** The public images of a region: the publishers' own, and those that are wanted beside them. */
export function stockImages(region: string, wanted: readonly WantedImage[], now: number): Image[] {
  const stock = lines.flatMap((line) => line.serials.map((serial) => imageOf(region, line, serial)))
  return [...stock, ...missingImages(region, wanted, stock, now)]
}

function imageOf(region: string, line: Line, serial: string): Image {
  const name = line.name.replace('SERIAL', serial)
  const createdAt = timeOf(serial)
  return {
    ...publicImage(line.publisher, line.architecture),
    imageId: fixedId('ami', `${region} ${name}`),
    name,
    description: line.description.replace('SERIAL', serial),
    blockDevices: [
      {
        deviceName: line.publisher.rootDeviceName,
        ebs: {
          snapshotId: fixedId('snap', `${region} ${name}`),
          sizeGib: line.rootGib,
          type: line.volumeType,
          ...(line.volumeType === 'gp3' && { iops: 3000, throughput: 125 }),
          encrypted: false,
          deleteOnTermination: true,
        },
      },
    ],
    createdAt,
    availableAt: createdAt,
  }
}

/** The noon of the day that a serial names. */
function timeOf(serial: string): number {
  const [, year = '', month = '', day = ''] = /(20\d\d)(\d\d)(\d\d)/.exec(serial) ?? []
  return Date.UTC(Number(year), Number(month) - 1, Number(day), 12)
}
