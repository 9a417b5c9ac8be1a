import { AwsError, invalidParameterValue } from '../../aws-error.ts'

interface Limits {
  sizes: readonly [number, number]
  iops?: readonly [number, number]
  /** The most IOPS for each GiB. */
  iopsPerGib?: number
  throughput?: readonly [number, number]
  needsIops?: boolean
}

/** EC2 API Reference, CreateVolume: Size, Iops, Throughput. */
const limitsOf: Readonly<Record<string, Limits>> = {
  gp2: { sizes: [1, 16_384] },
  gp3: { sizes: [1, 65_536], iops: [3000, 80_000], iopsPerGib: 500, throughput: [125, 2000] },
  io1: { sizes: [4, 16_384], iops: [100, 64_000], iopsPerGib: 50, needsIops: true },
  io2: { sizes: [4, 65_536], iops: [100, 256_000], iopsPerGib: 1000, needsIops: true },
  st1: { sizes: [125, 16_384] },
  sc1: { sizes: [125, 16_384] },
  standard: { sizes: [1, 1024] },
}

/** EBS User Guide, "General Purpose SSD volumes": MiB/s that gp3 gives for each of its IOPS at most. */
const throughputPerIops = 0.25

export interface VolumeSettings {
  type: string
  sizeGib: number
  iops?: number
  throughput?: number
}

/** The settings of a volume with what its type adds unasked. Throws AwsError for what the type does not take. */
export function volumeSettings(wanted: VolumeSettings): VolumeSettings {
  const { type, sizeGib, iops, throughput } = wanted
  const limits = Object.hasOwn(limitsOf, type) ? limitsOf[type] : undefined
  if (!limits) {
    throw new AwsError('UnknownVolumeType', `Unsupported volume type '${type}' for volume creation.`)
  }
  checkSize(type, sizeGib, limits)
  checkIops(wanted, limits)
  checkThroughput(wanted, limits)
  if (type === 'gp3') return { type, sizeGib, iops: iops ?? 3000, throughput: throughput ?? 125 }
  // EBS User Guide: gp2 has 3 IOPS per GiB, from 100 to 16,000; the other types are measured in MiB/s.
  if (type === 'gp2') return { type, sizeGib, iops: Math.min(Math.max(sizeGib * 3, 100), 16_000) }
  return { type, sizeGib, ...(iops !== undefined && { iops }) }
}

function checkSize(type: string, size: number, { sizes: [least, most] }: Limits): void {
  if (size < least) {
    throw invalidParameterValue(
      `Volume of ${String(size)}GiB is too small for volume type ${type}; minimum is ${String(least)}GiB.`,
    )
  }
  if (size > most) {
    throw invalidParameterValue(
      `Volume of ${String(size)}GiB is too large for volume type ${type}; maximum is ${String(most)}GiB.`,
    )
  }
}

function checkIops({ type, sizeGib, iops }: VolumeSettings, limits: Limits): void {
  if (iops === undefined) {
    if (limits.needsIops === true) {
      throw invalidCombination(`The parameter iops must be specified for ${type} volumes.`)
    }
    return
  }
  if (!limits.iops) throw notSupported('iops', type)
  const [least, most] = limits.iops
  if (iops < least) {
    throw invalidParameterValue(`Volume iops of ${String(iops)} is too low; minimum is ${String(least)}.`)
  }
  if (iops > most) {
    throw invalidParameterValue(`Volume iops of ${String(iops)} is too high; maximum is ${String(most)}.`)
  }
  const perGib = limits.iopsPerGib ?? Infinity
  if (iops > least && iops > sizeGib * perGib) {
    throw invalidParameterValue(
      `Iops to volume size ratio of ${(iops / sizeGib).toFixed(6)} is too high; maximum is ${perGib.toFixed(6)} iops per GiB.`,
    )
  }
}

function checkThroughput({ type, iops = 3000, throughput }: VolumeSettings, limits: Limits): void {
  if (throughput === undefined) return
  if (!limits.throughput) throw notSupported('throughput', type)
  const [least, most] = limits.throughput
  if (throughput < least || throughput > most) {
    throw invalidParameterValue(
      `Throughput of ${String(throughput)} MiB/s is out of range; it must be between ${String(least)} and ${String(most)} MiB/s.`,
    )
  }
  const ratio = throughput / iops
  if (ratio > throughputPerIops) {
    throw invalidParameterValue(
      `Throughput (MiBps) to iops ratio of ${ratio.toFixed(6)} is too high; maximum is ${throughputPerIops.toFixed(6)} MiBps per iops.`,
    )
  }
}

function notSupported(parameter: string, type: string): AwsError {
  return invalidCombination(`The parameter ${parameter} is not supported for ${type} volumes.`)
}

function invalidCombination(message: string): AwsError {
  return new AwsError('InvalidParameterCombination', message)
}
