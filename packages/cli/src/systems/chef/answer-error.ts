import { PackageError } from '@package/core/errors'

/** What a Chef Server answered in place of what was asked. */
export interface Refusal {
  /** `GET https://…/roles/web`, for people. */
  request: string
  clientName: string
  status: number
  /** What the server said, of a JSON `error`. */
  said: string
  /** How many milliseconds this machine's clock is ahead of the server's; undefined where it told no time. */
  ahead: number | undefined
  location: string | null
}

/** In milliseconds; a Chef Server refuses what is signed 15 minutes before or after its own time. */
const mostSkew = 14 * 60_000

/** The error for an answer that is none of those that the request expects. */
export function answerError(refusal: Refusal): PackageError {
  const { request, clientName, status, said } = refusal
  const why = said === '' ? '' : ` (${said})`
  if (status === 401) return unauthorized(refusal, why)
  if (status === 403) {
    return new PackageError('system', 'CHEF_NOT_ALLOWED', `client ${clientName} may not ${request}${why}`, {
      hint: 'let a user with more rights do it, or add the right: knife acl add client',
    })
  }
  if (status === 404) {
    return new PackageError('system', 'CHEF_NOT_FOUND', `the Chef Server does not know ${request}${why}`, {
      hint: 'check the address and its organization: https://<host>/organizations/<organization>',
    })
  }
  if (status >= 300 && status < 400) {
    const to = refusal.location ?? 'nowhere'
    return new PackageError(
      'system',
      'CHEF_REDIRECTED',
      `${request} is redirected to ${to}; signed requests follow nowhere`,
      {
        hint: 'name the address that the server has itself, with https:// and its organization',
      },
    )
  }
  if (status >= 500 || status === 429) {
    return new PackageError(
      'system',
      'CHEF_FAILED',
      `the Chef Server answered ${String(status)} to ${request}${why}`,
      {
        hint: 'wait some minutes: the failure is on the side of the server',
      },
    )
  }
  return new PackageError(
    'system',
    'CHEF_REFUSED',
    `the Chef Server refused ${request}: ${String(status)}${why}`,
    {
      hint: 'correct what the server names',
    },
  )
}

function unauthorized({ clientName, ahead }: Refusal, why: string): PackageError {
  if (ahead !== undefined && Math.abs(ahead) > mostSkew) {
    const minutes = String(Math.round(Math.abs(ahead) / 60_000))
    const side = ahead > 0 ? 'ahead of' : 'behind'
    return new PackageError(
      'system',
      'CHEF_CLOCK',
      `this machine's clock is ${minutes} minutes ${side} the Chef Server's`,
      {
        hint: 'set the clock (timedatectl set-ntp true); the server refuses what is signed 15 minutes off',
      },
    )
  }
  return new PackageError(
    'system',
    'CHEF_UNAUTHORIZED',
    `the Chef Server does not know ${clientName} by this key${why}`,
    {
      hint: 'check the client name, its key, and the organization of the address',
    },
  )
}
