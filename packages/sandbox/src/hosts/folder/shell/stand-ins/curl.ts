import type { ResolvedCommandContext } from 'just-bash'

import { downloader } from './installation.ts'
import { fail, type StandIn } from './stand-in.ts'

interface CurlCall {
  url: string
  file: string | undefined
  /** `-f`: an answer that is an error is a failure. */
  failsOnError: boolean
  /** `-s` without `-S`. */
  isSilent: boolean
}

/** Options that have a value, which does not matter here. */
const withValue =
  /^(-[mXHAe]|--(retry|retry-delay|retry-max-time|max-time|connect-timeout|header|user-agent|request|proto|tlsv1))$/

const unreached = 'this stand-in of the sandbox has no network but to its S3'

const noInstaller = downloader('curl', 6)

/**
 * As far as a node fetches its bundle: `curl -fsSL -o FILE URL`, or `-K FILE`. What it reaches is the sandbox's own S3; of the rest, the
 * installers of Chef are there too.
 */
export const curl: StandIn = async (given, context, host) => {
  const args = await withConfig(given, context)
  const call = curlCall(args)
  const found = await host.machine.network?.(call.url)
  if (!found) {
    const installer = await noInstaller(args, context, host)
    if (installer.exitCode === 0) return installer
    const name = URL.canParse(call.url) ? new URL(call.url).hostname : call.url
    return failed(call, `curl: (6) Could not resolve host: ${name} (${unreached})\n`, 6)
  }
  const { status, body } = found
  if (call.failsOnError && status >= 400) {
    return failed(call, `curl: (22) The requested URL returned error: ${String(status)}\n`, 22)
  }
  if (call.file === undefined || call.file === '-') {
    return { stdout: Buffer.from(body).toString('latin1'), stdoutKind: 'bytes', stderr: '', exitCode: 0 }
  }
  return write(call, call.file, body, context)
}

/** `-K FILE`, from which a secret URL comes that is to be in no list of processes: only its `url`. */
async function withConfig(
  args: readonly string[],
  { fs, cwd }: ResolvedCommandContext,
): Promise<readonly string[]> {
  const at = args.findIndex((arg) => arg === '-K' || arg === '--config')
  const file = args[at + 1]
  if (at === -1 || file === undefined) return args
  const text = await fs.readFile(fs.resolvePath(cwd, file)).catch(() => '')
  const url = /^url = "([^"]*)"$/m.exec(text)?.[1]
  return [...args.slice(0, at), ...args.slice(at + 2), ...(url === undefined ? [] : [url])]
}

async function write(call: CurlCall, file: string, body: Uint8Array, { fs, cwd }: ResolvedCommandContext) {
  try {
    await fs.writeFile(fs.resolvePath(cwd, file), body)
    return { stdout: '', stderr: '', exitCode: 0 }
  } catch {
    return failed(call, `curl: (23) Failure writing output to destination\n`, 23)
  }
}

function failed({ isSilent }: CurlCall, text: string, exitCode: number) {
  return fail(isSilent ? '' : text, exitCode)
}

function curlCall(args: readonly string[]): CurlCall {
  let url = ''
  let file: string | undefined
  let letters = ''
  for (let at = 0; at < args.length; at += 1) {
    const arg = args[at] ?? ''
    if (arg === '--output' || /^-[a-zA-Z]*o$/.test(arg)) {
      file = args[(at += 1)]
      letters += arg.startsWith('--') ? '' : arg
    } else if (withValue.test(arg)) at += 1
    else if (arg.startsWith('--')) letters += longOptions[arg] ?? ''
    else if (arg.startsWith('-') && arg.length > 1) letters += arg
    else url = arg
  }
  return {
    url,
    file,
    failsOnError: letters.includes('f'),
    isSilent: letters.includes('s') && !letters.includes('S'),
  }
}

const longOptions: Readonly<Record<string, string>> = {
  '--fail': 'f',
  '--silent': 's',
  '--show-error': 'S',
}
