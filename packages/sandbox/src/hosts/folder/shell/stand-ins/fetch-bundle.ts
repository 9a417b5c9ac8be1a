import { createHash } from 'node:crypto'

import type { ResolvedCommandContext } from 'just-bash'

import { fail, succeed, type StandIn, type StandInHost } from './stand-in.ts'

/** Of reading both objects, between which somebody may publish another bundle. */
const mostTurns = 3

type Found = { text: string; body: Uint8Array } | { refusal: string; isMissing: boolean }

/**
 * What the tool's user data does by `fetch_bundle.py BUCKET FOLDER PRESENT TARGET`: brings the bundle that the group's new nodes begin with,
 * unless it is here already, or there is none.
 */
export const fetchBundle: StandIn = async (
  [bucket = '', folder = '', present = '', target = ''],
  context,
  host,
) => {
  const where = `s3://${bucket}/${folder}`
  const get = (name: string) => objectAt(`${bucket}/${folder}/${name}`, host)
  let refusal = 'bundle.tar.gz is not what bundle.sha256 says'
  for (let turn = 0; turn < mostTurns; turn += 1) {
    const digest = await get('bundle.sha256')
    const wanted = 'text' in digest ? firstWord(digest.text) : ''
    if ('text' in digest && (await presentDigest(present, context)) === wanted) {
      return said(`the bundle of ${where} is here already`)
    }
    const bundle = 'refusal' in digest ? digest : await get('bundle.tar.gz')
    if ('refusal' in bundle) {
      if (bundle.isMissing) return said(`no bundle in ${where}: the one of the image it is`)
      refusal = bundle.refusal
      break
    }
    if (createHash('sha256').update(bundle.body).digest('hex') !== wanted) continue
    await context.fs.writeFile(context.fs.resolvePath(context.cwd, target), bundle.body)
    return said(`bundle ${wanted} of ${where}`)
  }
  return { ...fail('', 1), stdout: `package: the bundle of ${where}: ${refusal}\n` }
}

async function objectAt(place: string, { machine }: StandInHost): Promise<Found> {
  const { role, network } = machine
  if (role === undefined) return { refusal: 'HTTP 404 (no instance profile)', isMissing: false }
  const path = place.split('/').map(encodeURIComponent).join('/')
  const answer = await network?.(`https://s3.amazonaws.com/${path}`, role)
  if (!answer) return { refusal: 'S3 cannot be reached', isMissing: false }
  const { status, body } = answer
  const text = Buffer.from(body).toString()
  if (status === 200) return { text, body }
  const code = /<Code>([^<]*)/.exec(text)?.[1] ?? ''
  return { refusal: `HTTP ${String(status)} ${code}`, isMissing: status === 404 && code !== 'NoSuchBucket' }
}

async function presentDigest(path: string, { fs, cwd }: ResolvedCommandContext): Promise<string | undefined> {
  const text = await fs.readFile(fs.resolvePath(cwd, path)).catch(() => undefined)
  return text === undefined ? undefined : firstWord(text)
}

function firstWord(text: string): string {
  return text.trim().split(/\s+/)[0] ?? ''
}

function said(text: string) {
  return succeed(`package: ${text}\n`)
}
