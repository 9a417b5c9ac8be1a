import type { Owner } from '../ownership.ts'

/** The name of a version of a group's autoscale group: `web-v000`; an environment comes before it. */
export function versionName({ environment }: Owner, group: string, number: number): string {
  const digits = String(number).padStart(3, '0')
  return [environment, `${group}-v${digits}`].filter((part) => part !== undefined).join('-')
}

/** The number in such a name; undefined for any other. */
export function versionNumber(owner: Owner, group: string, name: string): number | undefined {
  const [, digits = ''] = /-v(\d{3,})$/.exec(name) ?? []
  const number = Number(digits)
  return digits !== '' && versionName(owner, group, number) === name ? number : undefined
}
