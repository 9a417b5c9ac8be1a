import { parse, type TransformPlugin } from 'just-bash'

import { statusDevice } from './devices.ts'

const tellStatus = parse(`echo "$?" >${statusDevice}`).statements

/** Has a script, not those that it runs, tell that it came to its end, and with which exit code. */
export function tellEnd(): TransformPlugin {
  let isFirst = true
  return {
    name: 'tell-end',
    // Called for each script that runs, from the outermost.
    transform: ({ ast }) => {
      if (!isFirst) return { ast }
      isFirst = false
      return { ast: { ...ast, statements: [...ast.statements, ...tellStatus] } }
    },
  }
}
