import handlebars from 'handlebars'

import { helpers } from './render.ts'

/**
 * Compiles a project's own template. Strict, so that a misspelt name is an error and not an empty string; without
 * HTML escapes. Packer's own `{{…}}` is written `\{{…}}`. Throws handlebars' error, on compiling or on rendering.
 */
export function compileTemplate(source: string): (context: object) => string {
  const template = handlebars.compile<object>(source, {
    strict: true,
    noEscape: true,
    knownHelpers: { json: true, sh: true },
  })
  return (context) => template(context, { helpers: { ...helpers } })
}
