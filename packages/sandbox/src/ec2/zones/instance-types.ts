/** What there is to know of an instance type here. Sizes are AWS's own. */
export interface InstanceType {
  name: string
  cpus: number
  memoryMib: number
  architecture: 'x86_64' | 'arm64'
  /** On the Nitro system, where the console can be read at once. */
  isNitro: boolean
  isBurstable: boolean
}

interface Family {
  /** CPUs and GiB by size. */
  sizes: Readonly<Record<string, readonly [cpus: number, gib: number]>>
  architecture?: InstanceType['architecture']
  isXen?: boolean
}

const burstable = {
  nano: [2, 0.5],
  micro: [2, 1],
  small: [2, 2],
  medium: [2, 4],
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
} as const

const general = {
  large: [2, 8],
  xlarge: [4, 16],
  '2xlarge': [8, 32],
  '4xlarge': [16, 64],
  '8xlarge': [32, 128],
} as const

const compute = { large: [2, 4], xlarge: [4, 8], '2xlarge': [8, 16], '4xlarge': [16, 32] } as const
const memory = { large: [2, 16], xlarge: [4, 32], '2xlarge': [8, 64], '4xlarge': [16, 128] } as const

const families: Readonly<Record<string, Family>> = {
  t2: { sizes: { ...burstable, nano: [1, 0.5], micro: [1, 1], small: [1, 2] }, isXen: true },
  t3: { sizes: burstable },
  t3a: { sizes: burstable },
  t4g: { sizes: burstable, architecture: 'arm64' },
  m1: { sizes: { small: [1, 1.7], medium: [1, 3.75], large: [2, 7.5], xlarge: [4, 15] }, isXen: true },
  m3: { sizes: { medium: [1, 3.75], large: [2, 7.5], xlarge: [4, 15], '2xlarge': [8, 30] }, isXen: true },
  m4: { sizes: { large: [2, 8], xlarge: [4, 16] }, isXen: true },
  m5: { sizes: general },
  m6i: { sizes: { ...general, medium: [1, 4] } },
  m6g: { sizes: { ...general, medium: [1, 4] }, architecture: 'arm64' },
  m7i: { sizes: general },
  m7g: { sizes: { ...general, medium: [1, 4] }, architecture: 'arm64' },
  m8g: { sizes: { ...general, medium: [1, 4] }, architecture: 'arm64' },
  c5: { sizes: compute },
  c6i: { sizes: compute },
  c6g: { sizes: compute, architecture: 'arm64' },
  c7i: { sizes: compute },
  c7g: { sizes: compute, architecture: 'arm64' },
  r5: { sizes: memory },
  r6i: { sizes: memory },
  r7i: { sizes: memory },
  r7g: { sizes: memory, architecture: 'arm64' },
  i3: { sizes: { large: [2, 15.25], xlarge: [4, 30.5], '2xlarge': [8, 61] }, isXen: true },
}

export const instanceTypes: ReadonlyMap<string, InstanceType> = new Map(
  Object.entries(families).flatMap(([family, each]) =>
    typesOf(family, each).map((type) => [type.name, type]),
  ),
)

function typesOf(family: string, { sizes, architecture = 'x86_64', isXen = false }: Family): InstanceType[] {
  return Object.entries(sizes).map(([size, [cpus, gib]]) => ({
    name: `${family}.${size}`,
    cpus,
    memoryMib: gib * 1024,
    architecture,
    isNitro: !isXen,
    isBurstable: family.startsWith('t'),
  }))
}

/**
 * Whether a zone offers a type. As in AWS not every zone offers all: us-east-1e, the oldest, has none of the current
 * families.
 */
export function isOffered(type: InstanceType, zone: string): boolean {
  return zone !== 'us-east-1e' || !type.isNitro
}
