import handlebars, { type HelperOptions } from 'handlebars/runtime.js'

import { shellWord } from './shell-word.ts'

type Helper = (this: unknown, value: unknown, options: HelperOptions) => unknown

/**
 * The helpers that every template has, beside handlebars' own. Handlebars is not strict about what a helper is given:
 * a misspelt name in `{{#each …}}` would silently leave out a whole block, so these notice it themselves.
 */
export const helpers: Readonly<Record<string, Helper>> = {
  json: strict('json', (value) => JSON.stringify(value)),
  sh: strict('sh', (value) => shellWord(String(value))),
  each: strict('#each', handlebars.helpers.each),
}

function strict(name: string, helper: Helper): Helper {
  return function (this: unknown, value: unknown, options: HelperOptions) {
    if (value !== undefined) return helper.call(this, value, options)
    throw new Error(
      `{{${name} …}} on line ${String(options.loc.start.line)} has no value; is its name misspelt?`,
    )
  }
}

/** Makes a template that was compiled when the tool was built into a function. */
export function renderPrecompiled(compiled: object): (context: object) => string {
  const template = handlebars.template(compiled)
  return (context) => template(context, { helpers })
}
