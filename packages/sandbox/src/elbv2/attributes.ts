import { invalidConfiguration, required, validationError } from './validation-error.ts'

/** What an attribute may be: a number within bounds, one of some words, or any text. */
export type AttributeValues =
  readonly [least: number, most: number] | { readonly oneOf: readonly string[] } | 'text'

/** By their keys: the usual value, and what else it may be. */
export type Attributes = Readonly<Record<string, readonly [usual: string, values: AttributeValues]>>

export const yesOrNo = { oneOf: ['true', 'false'] }

interface GivenAttribute {
  Key?: string | undefined
  Value?: string | undefined
}

/** Changes those of a resource. Throws AwsError for keys that it does not have, and for values that they do not take. */
export function setAttributes(
  resource: { attributes: Record<string, string> },
  given: readonly GivenAttribute[] | undefined,
  known: Attributes,
  kind: string,
): void {
  const seen = new Set<string>()
  for (const { Key, Value: value = '' } of required(given, 'attributes')) {
    const key = required(Key, 'attributes.member.key')
    const values = Object.hasOwn(known, key) ? known[key]?.[1] : undefined
    if (!values) throw validationError(`${kind} attribute key '${key}' is not recognized`)
    if (seen.has(key)) throw invalidConfiguration(`${kind} attribute key '${key}' is given twice`)
    seen.add(key)
    checkValue(key, value, values)
    resource.attributes[key] = value
  }
}

/** All of them, as answers show them. */
export function shownAttributes(
  { attributes }: { attributes: Readonly<Record<string, string>> },
  known: Attributes,
): { Key: string; Value: string }[] {
  return Object.entries(known).map(([Key, [usual]]) => ({ Key, Value: attributes[Key] ?? usual }))
}

function checkValue(key: string, value: string, values: AttributeValues): void {
  if (values === 'text') return
  if ('oneOf' in values) {
    if (values.oneOf.includes(value)) return
    throw validationError(`'${key}' must be one of '${values.oneOf.join(', ')}'`)
  }
  const [least, most] = values
  if (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most) return
  throw validationError(`'${key}' must be between '${String(least)}' and '${String(most)}' inclusive`)
}
