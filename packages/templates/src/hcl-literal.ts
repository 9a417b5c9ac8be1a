/** A text that HCL gives back as it is (HCL's native syntax, "Template Literals"). */
export function hclLiteral(text: string): string {
  return text.replaceAll(/[$%]\{/g, (start) => `${start.charAt(0)}${start}`)
}

/** The same for every text of a value, keys among them: HCL's JSON reads the keys of a map as templates too. */
export function hclLiterals(value: unknown): unknown {
  if (typeof value === 'string') return hclLiteral(value)
  if (Array.isArray(value)) return value.map(hclLiterals)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [hclLiteral(key), hclLiterals(each)]))
}
