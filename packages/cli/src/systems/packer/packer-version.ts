/** The first with all that a generated template uses. */
export const leastVersion = '1.6.6'

/** The first without the Amazon plugin built in (Packer's changelog, 1.10.0). */
const firstWithoutPlugins = '1.10.0'

/** The first with `required_plugins` in HCL (Packer's changelog, 1.7.0). */
export const firstWithRequiredPlugins = '1.7.0'

/**
 * The version in what `packer version` says; undefined for another program of that name, such as cracklib's.
 */
export function packerVersion(output: string): string | undefined {
  return /^Packer v(\d+\.\d+\.\d+)/m.exec(output)?.[1]
}

export function isTooOld(version: string): boolean {
  return compare(version, leastVersion) < 0
}

export function needsAmazonPlugin(version: string): boolean {
  return compare(version, firstWithoutPlugins) >= 0
}

export function knowsRequiredPlugins(version: string): boolean {
  return compare(version, firstWithRequiredPlugins) >= 0
}

/** Whether `packer plugins installed`, which gives the path of each, names it. */
export function hasAmazonPlugin(output: string): boolean {
  return output.replaceAll('\\', '/').includes('github.com/hashicorp/amazon/')
}

function compare(one: string, other: string): number {
  const parts = other.split('.').map(Number)
  const differences = one.split('.').map((part, index) => Number(part) - (parts[index] ?? 0))
  return differences.find((difference) => difference !== 0) ?? 0
}
