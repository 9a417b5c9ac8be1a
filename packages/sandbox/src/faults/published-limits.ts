import { throttled } from './faults.ts'

interface Bucket {
  capacity: number
  /** Per second. */
  refill: number
}

/**
 * EC2's request token buckets, as published in the EC2 Developer Guide, "Throttling": per account and region; reads with a
 * filter or a page size are cheaper than those of everything.
 */
const buckets = {
  read: { capacity: 100, refill: 20 },
  readOfEverything: { capacity: 50, refill: 10 },
  write: { capacity: 50, refill: 5 },
  tags: { capacity: 100, refill: 10 },
  image: { capacity: 100, refill: 5 },
  copyImage: { capacity: 100, refill: 1 },
} as const satisfies Record<string, Bucket>

const bucketOf: Readonly<Record<string, keyof typeof buckets>> = {
  CreateTags: 'tags',
  DeleteTags: 'tags',
  DeregisterImage: 'image',
  CreateSnapshot: 'image',
  DeleteSnapshot: 'image',
  CopyImage: 'copyImage',
}

/** Describes that cost more when they ask for everything. */
const heavyReads = new Set([
  'DescribeInstances',
  'DescribeInstanceStatus',
  'DescribeSecurityGroups',
  'DescribeSnapshots',
  'DescribeVolumes',
])

/** RunInstances and TerminateInstances also pay for each instance, from a bucket of their own. */
const instances: Readonly<Record<string, Bucket>> = {
  RunInstances: { capacity: 1000, refill: 2 },
  TerminateInstances: { capacity: 1000, refill: 20 },
}

/** Refuses calls as EC2 does when they come faster than its published limits allow. */
export class PublishedLimits {
  readonly #levels = new Map<string, { level: number; at: number }>()

  /** Throws AwsError (RequestLimitExceeded). `input` is the operation's, `now` the account's time. */
  take(region: string, operation: string, input: Readonly<Record<string, unknown>>, now: number): void {
    const name = bucketName(operation, input)
    // Of one kind, every mutating operation has its own bucket; reads likewise.
    this.#draw(`${region} ${operation} ${name}`, buckets[name], 1, now)
    const perInstance = instances[operation]
    if (perInstance) this.#draw(`${region} ${operation} instances`, perInstance, instanceCount(input), now)
  }

  #draw(key: string, { capacity, refill }: Bucket, tokens: number, now: number): void {
    const last = this.#levels.get(key) ?? { level: capacity, at: now }
    const level = Math.min(capacity, last.level + ((now - last.at) / 1000) * refill)
    this.#levels.set(key, { level: level < tokens ? level : level - tokens, at: now })
    if (level < tokens) throw throttled()
  }
}

function bucketName(operation: string, input: Readonly<Record<string, unknown>>): keyof typeof buckets {
  const own = bucketOf[operation]
  if (own) return own
  if (!/^(Describe|Get)/.test(operation)) return 'write'
  const isNarrow = Object.keys(input).some((key) => key !== 'NextToken' && key !== 'DryRun')
  return heavyReads.has(operation) && !isNarrow ? 'readOfEverything' : 'read'
}

function instanceCount({ MaxCount, InstanceIds }: Readonly<Record<string, unknown>>): number {
  if (typeof MaxCount === 'number') return MaxCount
  return Array.isArray(InstanceIds) ? InstanceIds.length : 1
}
