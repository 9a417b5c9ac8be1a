import { spawnSync } from 'node:child_process'

import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

import { startMoto, type Moto } from '../../sandbox/test/contract/moto.ts'
import { describeWith } from '../../sandbox/test/tools.ts'
import { motoWorld, region, type CloudWorld } from './cloud-worlds.ts'

const bucket = 'tests-artifacts'
const place = { bucket, key: 'tests/-/web/bundle.tar.gz' }

describeWith('moto', 'files in buckets, and commands, in moto', () => {
  let moto: Moto | undefined
  let world: CloudWorld
  beforeAll(async () => {
    moto = await startMoto()
  })
  beforeEach(async () => {
    await moto?.reset()
    const url = moto?.url ?? ''
    world = motoWorld(url)
    await makeBucket(url)
  })
  afterAll(() => moto?.stop())

  test('what was put is there, and who has its URL reads it', async () => {
    const { cloud, calls } = world
    expect(await cloud.hasArtifact(place)).toBe(false)
    expect(await cloud.artifactText(place)).toBeUndefined()
    const content = Uint8Array.from({ length: 100_000 }, (_, index) => index % 251)
    await cloud.putArtifact(place, content)
    expect(await cloud.hasArtifact(place)).toBe(true)
    const { url, expiresAt } = await cloud.artifactUrl(place, 3600)
    expect(expiresAt).toBeGreaterThan(Date.now() + 3_500_000)
    expect(url).toMatch(/X-Amz-Expires=3600/)
    expect(new URL(url).searchParams.get('X-Amz-Signature')).toBe(signatureByBotocore(url))
    const answer = await fetch(url)
    expect(answer.status).toBe(200)
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(content)
    await cloud.putArtifact(place, 'grüße\n')
    expect(await cloud.artifactText(place)).toBe('grüße\n')
    expect(new Set(calls)).toEqual(new Set(['s3:HeadObject', 's3:GetObject', 's3:PutObject']))
  })

  test('a bucket that is missing is a matter of nodes.json', async () => {
    const missing = { bucket: 'nobody-has-it', key: 'x' }
    const refused = { kind: 'config', code: 'BUCKET_MISSING' }
    await expect(world.cloud.putArtifact(missing, 'x')).rejects.toMatchObject(refused)
    await expect(world.cloud.artifactText(missing)).rejects.toMatchObject(refused)
  })

  test('a command by tags is sent once, and over', async () => {
    const { cloud } = world
    const id = await cloud.sendCommand({
      comment: 'a test',
      script: 'true',
      to: { tags: { group: 'web' } },
      atOnce: 5,
      mostErrors: Infinity,
      deliveryTimeout: 60,
      executionTimeout: 60,
    })
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(await cloud.isCommandOver(id)).toBe(true)
  })
})

async function makeBucket(url: string): Promise<void> {
  const authorization = `AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/${region}/s3/aws4_request`
  const { ok, status } = await fetch(`${url}/${bucket}`, { method: 'PUT', headers: { authorization } })
  if (!ok) throw new Error(`moto answers CreateBucket with ${String(status)}`)
}

/** moto believes every signature; this is what AWS's own library signs at the same time. */
const signer = `
import sys
from botocore.auth import S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from urllib.parse import parse_qsl, urlsplit, urlencode, urlunsplit
parts = urlsplit(sys.argv[1])
query = dict(parse_qsl(parts.query))
query.pop('X-Amz-Signature')
url = urlunsplit(parts._replace(query=urlencode(query)))
auth = S3SigV4QueryAuth(Credentials('AKIDTEST', 'test'), 's3', sys.argv[2], expires=3600)
request = AWSRequest('GET', url, headers={'host': parts.netloc})
request.context['timestamp'] = query['X-Amz-Date']
print(auth.signature(auth.string_to_sign(request, auth.canonical_request(request)), request), end='')
`

function signatureByBotocore(url: string): string {
  const { stdout, stderr } = spawnSync('python3', ['-c', signer, url, region], { encoding: 'utf8' })
  if (stdout === '') throw new Error(stderr)
  return stdout
}
