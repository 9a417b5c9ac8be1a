import handlebars from 'handlebars/runtime.js'

/** The helpers that every template has, the built-in ones and a project's own. */
export const helpers = { json: (value: unknown) => JSON.stringify(value) }

/** Makes a template that was compiled when the tool was built into a function. */
export function renderPrecompiled(compiled: object): (context: object) => string {
  const template = handlebars.template<object>(compiled)
  return (context) => template(context, { helpers })
}
