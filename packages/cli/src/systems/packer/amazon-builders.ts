type Fields = Record<string, unknown>

export interface AmazonBuilder {
  type: string
  fields: Fields
}

/** The amazon builders of a parsed template, of the legacy JSON or of HCL2 JSON; changing their fields changes the template. */
export function amazonBuilders(template: Fields): AmazonBuilder[] {
  const legacy = blocks(template['builders']).map((fields) => ({ type: String(fields['type']), fields }))
  const sources = blocks(template['source']).flatMap((types) =>
    Object.entries(types).flatMap(([type, named]) =>
      blocks(named).flatMap((names) =>
        Object.values(names).flatMap((bodies) => blocks(bodies).map((fields) => ({ type, fields }))),
      ),
    ),
  )
  return [...legacy, ...sources].filter(({ type }) => type.startsWith('amazon-'))
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** In HCL's JSON, one block stands by itself or in a list (hcl/json/spec.md, "Blocks"). */
function blocks(value: unknown): Fields[] {
  return (Array.isArray(value) ? value : [value]).filter(isFields)
}
