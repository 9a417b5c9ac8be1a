import { isJsonObject, type Json, type JsonObject } from './json.ts'
import { baseKey } from './origin.ts'
import type { Finding, Path } from './problem.ts'

/** What the schema accepts of a file, so that the other rules can be checked in the same run. */
export interface ValidPart {
  value: JsonObject
  /** True when a field of a group (as merged) or of a reserved key was left out: a rule that reads it could be wrong. */
  isDoubtful: (owner: string, field: string) => boolean
}

/** Leaves out of the file whatever has a finding: a whole field of a group, a whole security group, a whole list. */
export function validPart(value: JsonObject, findings: readonly Finding[]): ValidPart {
  const copy: JsonObject = { ...value }
  const doubtful = new Set<string>()
  for (const { path, atKey = false } of findings) {
    leaveOut(copy, path, atKey)
    doubtful.add(path.slice(0, 2).join('/'))
  }
  return {
    value: copy,
    isDoubtful: (owner, field) =>
      [owner, `${owner}/${field}`, baseKey, `${baseKey}/${field}`].some((place) => doubtful.has(place)),
  }
}

/** The security group with a rule that says no more than its sources in the place of the wrong one. */
function withoutRule(group: Json | undefined, [, , field, index]: Path): JsonObject {
  if (
    !isJsonObject(group) ||
    field !== 'ingress' ||
    typeof index !== 'number' ||
    !Array.isArray(group['ingress'])
  ) {
    return {}
  }
  const rule = group['ingress'][index]
  const sources = isJsonObject(rule) && Array.isArray(rule['from']) ? rule['from'] : []
  const from = sources.filter((source) => typeof source === 'string')
  return { ...group, ingress: group['ingress'].with(index, { protocol: 'all', from }) }
}

/** Names stay where only their value is wrong: others may refer to them. */
function leaveOut(copy: JsonObject, path: Path, atKey: boolean): void {
  const [top = '', second, third] = path.map(String)
  const part = copy[top]
  if (second === undefined || !isJsonObject(part)) {
    if (atKey) Reflect.deleteProperty(copy, top)
    else copy[top] = {}
    return
  }
  const shallow: JsonObject = { ...part }
  copy[top] = shallow
  const inner = shallow[second]
  if (top === '__security_groups__' && !atKey) shallow[second] = withoutRule(inner, path)
  else if (second === 'sources' && third !== undefined && isJsonObject(inner)) {
    shallow[second] = { ...inner, [third]: [] }
  } else Reflect.deleteProperty(shallow, second)
}
