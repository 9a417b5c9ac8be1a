import { posix } from 'node:path'

import { fetchBundle } from './fetch-bundle.ts'
import { fail, succeed, type StandIn } from './stand-in.ts'

const programs: Readonly<Record<string, StandIn>> = {
  'fetch_bundle.py': fetchBundle,
  // The account itself plays the node that completes its launch hook.
  'launch_hook.py': () => succeed(),
}

/** Does what the two programs of the tool's user data do; it runs no Python. */
export const python: StandIn = async ([path = '', ...args], context, host) => {
  const program = programs[posix.basename(path)]
  if (program) return program(args, context, host)
  return fail('python3: this stand-in of the sandbox runs only what user data brings\n', 127)
}
