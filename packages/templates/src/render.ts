import handlebars from 'handlebars/runtime.js'

/** The helpers that every template has, the built-in ones and a project's own. */
export const helpers = {
  /** The value as JSON. Strictness does not reach what a helper is given, so a misspelt name is noticed here. */
  json(value: unknown, { loc }: { loc: { start: { line: number } } }): string {
    if (value !== undefined) return JSON.stringify(value)
    throw new Error(`the {{json …}} on line ${String(loc.start.line)} has no value; is its name misspelt?`)
  },
}

/** Makes a template that was compiled when the tool was built into a function. */
export function renderPrecompiled(compiled: object): (context: object) => string {
  const template = handlebars.template<object>(compiled)
  return (context) => template(context, { helpers })
}
