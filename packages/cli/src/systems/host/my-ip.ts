import { isIP } from 'node:net'

import { PackageError } from '@package/core/errors'

/** AWS's own answer to "where do I come from". */
const source = 'https://checkip.amazonaws.com/'

/** In milliseconds. */
const deadline = 10_000

/**
 * The operator's address: PACKAGE_MY_IP, else `usual`, else as AWS sees it. Throws PackageError (config) for a value that is no
 * address, and (system) when AWS cannot be asked.
 */
export async function myIp(usual: string | undefined): Promise<string> {
  const given = process.env['PACKAGE_MY_IP']
  if (given !== undefined && given !== '') {
    if (isIP(given) !== 0) return given
    throw new PackageError(
      'config',
      'MY_IP',
      `PACKAGE_MY_IP is ${JSON.stringify(given)}, which is no address`,
      {
        hint: 'it is one address, such as 203.0.113.7 or 2001:db8::7',
      },
    )
  }
  return usual ?? askedOfAws()
}

async function askedOfAws(): Promise<string> {
  try {
    const response = await fetch(source, { signal: AbortSignal.timeout(deadline) })
    const text = (await response.text()).trim()
    if (response.ok && isIP(text) !== 0) return text
    throw new Error(`it answered ${String(response.status)}`)
  } catch (cause) {
    throw new PackageError(
      'system',
      'MY_IP',
      `your own address cannot be asked of ${source}: ${String(cause)}`,
      {
        hint: 'set PACKAGE_MY_IP to the address that you come from',
        cause,
      },
    )
  }
}
