import { planOnly, type CloudCall } from '../../action.ts'
import { errorLimit } from '../../deploy/error-limit.ts'
import { PackageError } from '../../errors.ts'
import { logInOptions } from '../../instances/remote-host.ts'

const usualParallel = 10
const mostParallel = 1000
const usualTimeout = 3600

export const deployOptions = {
  parallel: {
    type: 'string',
    alias: 'n',
    summary: `How many hosts are deployed to at the same time (default ${String(usualParallel)})`,
  },
  name: { type: 'string', summary: 'Only instances of that Name' },
  key: { type: 'string', summary: 'Your private key file; what your ssh finds without it' },
  ...logInOptions,
  via: {
    type: 'string',
    summary: 'Over SSH (the default), or by commands of AWS Systems Manager',
    choices: ['ssh', 'ssm'],
  },
  'max-errors': {
    type: 'string',
    summary: 'Begin no new host once more than that many have failed: a number, or a part such as 10%',
  },
  'no-canary': { type: 'boolean', summary: 'Do not wait for the first host of a group before the others' },
  timeout: {
    type: 'string',
    summary: `Seconds after which a host is cut off (default ${String(usualTimeout)})`,
  },
  'why-run': { type: 'boolean', summary: 'Let Chef only say what it would change' },
  'retry-failed': {
    type: 'boolean',
    summary: 'Only hosts that did not converge when they were last deployed to from here',
  },
  last: { type: 'boolean', summary: 'Show the last run from here again, and do nothing' },
  ...planOnly,
} as const

export type DeployCall = CloudCall<typeof deployOptions>

export interface DeployNumbers {
  parallel: number
  /** In milliseconds. */
  timeout: number
  mostErrors: (hosts: number) => number
}

/** Throws PackageError (usage) for what is no number that is meant. */
export function deployNumbers({ options }: DeployCall): DeployNumbers {
  return {
    parallel: wholeNumber('parallel', options.parallel, usualParallel, mostParallel),
    timeout: wholeNumber('timeout', options.timeout, usualTimeout, 86_400) * 1000,
    mostErrors: errorLimit(options['max-errors']),
  }
}

/** Throws PackageError (usage) for --last with what it would not heed. */
export function checkLast({ operands, options }: DeployCall): void {
  const others = Object.entries(options).filter(([name, value]) => name !== 'last' && isGiven(value))
  const [one] = [...operands, ...others.map(([name]) => `--${name}`)]
  if (one === undefined) return
  throw new PackageError('usage', 'OPTION_VALUE', `--last stands alone, without ${one}`, {
    hint: 'package instance:deploy --last shows the whole of the last run',
  })
}

/** Throws PackageError (usage) for how to log in, where nobody does. */
export function checkNoLogIn({ options }: DeployCall): void {
  const names = ['key', 'user', 'address', 'accept-new-host-keys'] as const
  const name = names.find((each) => isGiven(options[each]))
  if (name === undefined) return
  throw new PackageError('usage', 'OPTION_VALUE', `--via ssm logs in to nobody, so it has no --${name}`, {
    hint: `leave --${name} out, or deploy over SSH, without --via ssm`,
  })
}

function isGiven(value: string | boolean | undefined): boolean {
  return value !== undefined && value !== false
}

function wholeNumber(name: string, text: string | undefined, usual: number, most: number): number {
  if (text === undefined) return usual
  const count = Number(text)
  if (/^\d+$/.test(text) && count >= 1 && count <= most) return count
  throw new PackageError('usage', 'OPTION_VALUE', `--${name} is ${JSON.stringify(text)}`, {
    hint: `it is a number from 1 to ${String(most)}`,
  })
}
