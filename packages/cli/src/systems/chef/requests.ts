import type { Clock } from '@package/core/ports/clock'
import { PackageError } from '@package/core/errors'
import { isJsonObject, type JsonObject } from '@package/core/groups/json'

import { answerError } from './answer-error.ts'
import type { ChefClient } from './find-client.ts'
import { isPassing, networkError } from './network-error.ts'
import { signedHeaders, type UnsignedRequest } from './sign-request.ts'

/** In milliseconds. */
const answerTimeout = 20_000
const firstPause = 500
const longestPause = 30_000

const mostAttempts = 5

export interface ChefAnswer {
  status: number
  body: JsonObject
}

interface RawAnswer {
  status: number
  headers: Headers
  text: string
}

/** Sends signed requests. Gives the answers of the statuses that are expected; throws a PackageError for every other. */
export type SendRequest = (
  method: UnsignedRequest['method'],
  /** Below the server's address: `/roles/web`. */
  path: string,
  expected: readonly number[],
  object?: JsonObject,
) => Promise<ChefAnswer>

/**
 * Requests of a client. What fails on the way, and answers of 5xx and 429, are sent again a few times, each time signed anew.
 * Redirects are not followed: a signature is for one server.
 */
export function chefRequests(client: ChefClient, clock: Clock): SendRequest {
  return async (method, path, expected, object) => {
    const url = new URL(client.url + path)
    const body = object === undefined ? '' : JSON.stringify(object)
    for (let attempt = 1; ; attempt++) {
      const isLast = attempt === mostAttempts
      const response = await answerTo(url, { method, path: url.pathname, body }, client, clock, isLast)
      if (response !== undefined && (isLast || !isBusy(response))) {
        return readAnswer(response, `${method} ${url.href}`, expected, client.name, clock)
      }
      await clock.sleep(pauseAfter(attempt, response, clock))
    }
  }
}

/** Undefined where there was no answer, and the request is worth another attempt. */
async function answerTo(
  url: URL,
  request: UnsignedRequest,
  client: ChefClient,
  clock: Clock,
  isLast: boolean,
): Promise<RawAnswer | undefined> {
  try {
    const response = await fetch(url, {
      method: request.method,
      headers: {
        Accept: 'application/json',
        'X-Chef-Version': '18.0.0',
        ...(request.body !== '' && { 'Content-Type': 'application/json' }),
        ...signedHeaders(request, client.name, client.key, clock.now()),
      },
      ...(request.body !== '' && { body: request.body }),
      redirect: 'manual',
      signal: AbortSignal.timeout(answerTimeout),
    })
    return { status: response.status, headers: response.headers, text: await response.text() }
  } catch (error) {
    if (isLast || !isPassing(error)) throw networkError(client.url, error)
    return undefined
  }
}

function isBusy({ status }: RawAnswer): boolean {
  return status >= 500 || status === 429
}

/** As long as the server asks for; otherwise twice as long each time, and never the same for two clients. */
function pauseAfter(attempt: number, response: RawAnswer | undefined, clock: Clock): number {
  const asked = Number(response?.headers.get('Retry-After') ?? Number.NaN) * 1000
  const pause = asked > 0 ? asked : firstPause * 2 ** (attempt - 1) * (0.5 + clock.random())
  return Math.min(pause, longestPause)
}

function readAnswer(
  { status, headers, text }: RawAnswer,
  request: string,
  expected: readonly number[],
  clientName: string,
  clock: Clock,
): ChefAnswer {
  const body = jsonOf(text)
  if (!expected.includes(status)) {
    const date = Date.parse(headers.get('Date') ?? '')
    const ahead = Number.isNaN(date) ? undefined : clock.now() - date
    const said = saidIn(body)
    throw answerError({ request, clientName, status, said, ahead, location: headers.get('Location') })
  }
  if (isJsonObject(body)) return { status, body }
  throw new PackageError('system', 'CHEF_ANSWER', `the answer to ${request} is no JSON object`, {
    hint: 'check that the address is that of a Chef Server, with its organization if it has them',
  })
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return undefined
  }
}

/** `{"error": ["…"]}`, cut short. */
function saidIn(body: unknown): string {
  const error = isJsonObject(body) ? body['error'] : undefined
  const texts = Array.isArray(error) ? error : [error]
  const said = texts.filter((text) => typeof text === 'string').join('; ')
  return said.length > 300 ? `${said.slice(0, 300)}…` : said
}
