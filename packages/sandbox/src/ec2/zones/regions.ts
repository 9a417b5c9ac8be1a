/** The regions of the sandbox with their zones' letters, as new accounts get them. */
const zoneLetters: Readonly<Record<string, string>> = {
  'us-east-1': 'abcdef',
  'us-east-2': 'abc',
  'us-west-1': 'ab',
  'us-west-2': 'abcd',
  'ca-central-1': 'abd',
  'eu-central-1': 'abc',
  'eu-north-1': 'abc',
  'eu-west-1': 'abc',
  'eu-west-2': 'abc',
  'eu-west-3': 'abc',
  'ap-northeast-1': 'acd',
  'ap-northeast-2': 'abcd',
  'ap-south-1': 'abc',
  'ap-southeast-1': 'abc',
  'ap-southeast-2': 'abc',
  'sa-east-1': 'abc',
}

export const regionNames = Object.keys(zoneLetters)

/** A region that the list lacks gets three zones. */
export function zonesOf(region: string): string[] {
  return Array.from(zoneLetters[region] ?? 'abc', (letter) => `${region}${letter}`)
}

/** `use1-az1` of us-east-1a; real accounts have them shuffled. */
export function zoneIdOf(zone: string): string {
  const region = zone.slice(0, -1)
  const [continent = '', direction = '', number = ''] = region.split('-')
  const short = direction.replace(/(north|south|east|west|central)/g, (word) => word.charAt(0))
  return `${continent}${short}${number}-az${String(zonesOf(region).indexOf(zone) + 1)}`
}
