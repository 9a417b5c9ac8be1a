import { createHash, randomBytes } from 'node:crypto'
import { readdirSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, onTestFinished, test } from 'vitest'

import { serveHttp } from '../src/doors/http-server.ts'
import { folderHosts } from '../src/hosts/folder/folder-hosts.ts'
import { ssmAccount } from './ssm-account.ts'
import { testAccount } from './test-account.ts'

/** As a signature names it; nothing of it is checked. */
const signed = (region = 'us-east-1') => ({
  authorization: `AWS4-HMAC-SHA256 Credential=AKIDTEST/20260101/${region}/s3/aws4_request, SignedHeaders=host, Signature=0`,
})

/** A bucket behind the HTTP door. */
async function servedBucket() {
  const { sandbox, folder } = testAccount()
  const door = await serveHttp(sandbox, 0)
  onTestFinished(() => door.close())
  const call = (method: string, path: string, init: RequestInit = {}) =>
    fetch(door.url + path, { method, ...init, headers: { ...signed(), ...(init.headers as object) } })
  expect((await call('PUT', '/hive')).status).toBe(200)
  const codeOf = async (answer: Response) =>
    [answer.status, /<Code>(.*)<\/Code>/.exec(await answer.text())?.[1]] as const
  return { sandbox, door, call, codeOf, bodies: () => readdirSync(join(folder, 'objects')) }
}

/** A URL that is good for so many seconds from then on. */
function presigned(base: string, start: number, seconds: number): string {
  const time = new Date(start).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const query = new URLSearchParams({
    'X-Amz-Algorithm': 'AWS4-HMAC-SHA256',
    'X-Amz-Credential': 'AKIDTEST/20260101/us-east-1/s3/aws4_request',
    'X-Amz-Date': time,
    'X-Amz-Expires': String(seconds),
    'X-Amz-SignedHeaders': 'host',
    'X-Amz-Signature': '0',
  })
  return `${base}?${query.toString()}`
}

describe('objects', () => {
  test('bytes come back as they were put, with what is told of them', async () => {
    const { call, bodies } = await servedBucket()
    const body = randomBytes(300_000)
    const headers = { 'content-type': 'application/gzip', 'x-amz-meta-bee': 'buzz' }
    const put = await call('PUT', '/hive/a%20b/%C3%A9.tgz', { body, headers })
    const etag = `"${createHash('md5').update(body).digest('hex')}"`
    expect([put.status, put.headers.get('etag')]).toEqual([200, etag])
    const got = await call('GET', '/hive/a%20b/%C3%A9.tgz')
    expect(Buffer.from(await got.arrayBuffer()).equals(body)).toBe(true)
    expect(Object.fromEntries(got.headers)).toMatchObject({ etag, 'content-length': '300000', ...headers })
    const head = await call('HEAD', '/hive/a%20b/%C3%A9.tgz')
    expect([head.status, head.headers.get('content-length')]).toEqual([200, '300000'])
    const part = await call('GET', '/hive/a%20b/%C3%A9.tgz', { headers: { range: 'bytes=10-19' } })
    expect(part.headers.get('content-range')).toBe('bytes 10-19/300000')
    expect(Buffer.from(await part.arrayBuffer()).equals(body.subarray(10, 20))).toBe(true)

    await call('PUT', '/hive/copy', { body })
    expect(bodies()).toHaveLength(1)
    expect((await call('DELETE', '/hive/a%20b/%C3%A9.tgz')).status).toBe(204)
    expect(bodies()).toHaveLength(1)
    await call('PUT', '/hive/copy', { body: 'other' })
    expect(bodies()).toEqual([createHash('sha256').update('other').digest('hex')])
    expect((await call('DELETE', '/hive')).status).toBe(409)
    await call('DELETE', '/hive/copy')
    expect(bodies()).toEqual([])
    expect((await call('DELETE', '/hive')).status).toBe(204)
  })

  test('a body in chunks is put together, and one that was damaged refused', async () => {
    const { call, codeOf } = await servedBucket()
    const body = '5;chunk-signature=0\r\nhello\r\n6\r\n world\r\n0\r\nx-amz-checksum-crc32:AAAA\r\n\r\n'
    const chunked = { 'x-amz-content-sha256': 'STREAMING-UNSIGNED-PAYLOAD-TRAILER' }
    await call('PUT', '/hive/greeting', { body, headers: chunked })
    expect(await (await call('GET', '/hive/greeting')).text()).toBe('hello world')
    const wrong = { 'x-amz-content-sha256': createHash('sha256').update('x').digest('hex') }
    const damaged = await call('PUT', '/hive/greeting', { body: 'y', headers: wrong })
    expect(await codeOf(damaged)).toEqual([400, 'XAmzContentSHA256Mismatch'])
    const taken = await call('PUT', '/hive/greeting', { body: 'y', headers: { 'if-none-match': '*' } })
    expect(await codeOf(taken)).toEqual([412, 'PreconditionFailed'])
  })

  test('keys are listed in order, by prefix and folder, page by page', async () => {
    const { call } = await servedBucket()
    for (const key of ['b/2', 'b/1', 'a', 'c&d', 'b/x/1']) {
      await call('PUT', `/hive/${encodeURIComponent(key)}`)
    }
    const keysOf = async (query: string) => {
      const text = await (await call('GET', `/hive?list-type=2&${query}`)).text()
      const found = [...text.matchAll(/<(?:Key|Prefix)>([^<]+)<\/(?:Key|Prefix)>/g)].map(([, key]) => key)
      const next = /<NextContinuationToken>(.*)<\//.exec(text)?.[1]
      return { found, next }
    }
    const { found: firstTwo, next = '' } = await keysOf('max-keys=2')
    expect(firstTwo).toEqual(['a', 'b/1'])
    const rest = await keysOf(`continuation-token=${encodeURIComponent(next)}`)
    expect(rest).toEqual({ found: ['b/2', 'b/x/1', 'c&#38;d'], next: undefined })
    expect((await keysOf('delimiter=/')).found).toEqual(['a', 'b/', 'c&#38;d'])
    expect((await keysOf('delimiter=/&prefix=b/')).found).toEqual(['b/', 'b/1', 'b/2', 'b/x/'])
  })

  test('what is not there is refused with the codes of S3', async () => {
    const { call, codeOf, door } = await servedBucket()
    expect(await codeOf(await call('GET', '/hive/none'))).toEqual([404, 'NoSuchKey'])
    expect(await codeOf(await call('GET', '/comb/none'))).toEqual([404, 'NoSuchBucket'])
    expect(await codeOf(await call('PUT', '/comb/none', { body: 'x' }))).toEqual([404, 'NoSuchBucket'])
    expect((await call('HEAD', '/comb')).status).toBe(404)
    expect((await call('HEAD', '/hive')).headers.get('x-amz-bucket-region')).toBe('us-east-1')
    expect(await codeOf(await call('PUT', '/Bad_Name'))).toEqual([400, 'InvalidBucketName'])
    expect(await codeOf(await call('GET', '/hive?acl'))).toEqual([501, 'NotImplemented'])
    expect(await codeOf(await fetch(`${door.url}/hive/none`))).toEqual([403, 'AccessDenied'])
    const elsewhere = await call('PUT', '/comb', { headers: signed('eu-central-1') })
    expect(await codeOf(elsewhere)).toEqual([400, 'IllegalLocationConstraintException'])
    const body =
      '<CreateBucketConfiguration><LocationConstraint>eu-central-1</LocationConstraint></CreateBucketConfiguration>'
    expect((await call('PUT', '/comb', { body, headers: signed('eu-central-1') })).status).toBe(200)
    expect(await (await call('GET', '/comb?location')).text()).toContain('>eu-central-1<')
  })

  test('a presigned URL is good until its time is over on the clock of the account', async () => {
    const { sandbox, door, call, codeOf } = await servedBucket()
    await call('PUT', '/hive/bundle', { body: 'honey' })
    const url = presigned(`${door.url}/hive/bundle`, sandbox.now(), 600)
    expect(await (await fetch(url)).text()).toBe('honey')
    await sandbox.advance(601_000)
    const late = await fetch(url)
    expect(await codeOf(late)).toEqual([403, 'AccessDenied'])
  })
})

describe('on folder hosts', () => {
  const [bucket, key, text] = ['hive', 'bundle.tgz', 'honey\0\u00ff']

  async function hosts() {
    const { folder } = testAccount()
    const account = ssmAccount({ hosts: folderHosts({ folder: join(folder, 'hosts') }) })
    const put = async (path: string, body: string) => {
      const headers = signed()
      const { status } = await account.sandbox.answer({
        method: 'PUT',
        path,
        query: '',
        headers,
        body: Buffer.from(body),
      })
      expect(status).toBe(200)
    }
    await put(`/${bucket}`, '')
    await put(`/${bucket}/${key}`, text)
    const InstanceIds = await account.launch(1)
    const run = async (commands: string[], more = {}) => {
      const id = await account.send(commands, { InstanceIds, ...more })
      await account.sandbox.advance(60_000)
      return account.output(id, InstanceIds[0])
    }
    return { ...account, run }
  }

  test('curl fetches what a presigned URL of S3 names, and nothing else', async () => {
    const { sandbox, run } = await hosts()
    const urls = [
      `https://${bucket}.s3.us-east-1.amazonaws.com/${key}`,
      `https://s3.us-east-1.amazonaws.com/${bucket}/${key}`,
    ].map((base) => presigned(base, sandbox.now(), 3600))
    const commands = urls.map(
      (url, at) => `curl -fsSL --retry 3 -o /tmp/${String(at)} '${url}' && md5sum </tmp/${String(at)}`,
    )
    const md5 = createHash('md5').update(text).digest('hex')
    expect(await run(commands)).toMatchObject({
      Status: 'Success',
      StandardOutputContent: `${md5}  -\n${md5}  -\n`,
    })
    const missing = presigned(`https://s3.us-east-1.amazonaws.com/${bucket}/none`, sandbox.now(), 3600)
    const failures = await run([
      `curl -fsS -o /tmp/none '${missing}'; echo $? $(test -e /tmp/none && echo there)`,
      'curl -fsSL -o /tmp/none https://example.com/x; echo $?',
      'curl -fs http://127.0.0.1:1/x; echo $?',
    ])
    expect(failures).toMatchObject({
      StandardOutputContent: '22\n6\n6\n',
      StandardErrorContent:
        'curl: (22) The requested URL returned error: 404\ncurl: (6) Could not resolve host: example.com (this stand-in of the sandbox has no network but to its S3)\n',
    })
  })

  test('what commands print is put into the bucket that they name', async () => {
    const { sandbox, run } = await hosts()
    const { CommandId, InstanceId } = await run(['echo buzz'], {
      OutputS3BucketName: bucket,
      OutputS3KeyPrefix: 'runs',
    })
    const path = `/${bucket}/runs/${String(CommandId)}/${String(InstanceId)}/awsrunShellScript/0.awsrunShellScript/stdout`
    const { body } = await sandbox.answer({
      method: 'GET',
      path,
      query: '',
      headers: signed(),
      body: Buffer.alloc(0),
    })
    expect(Buffer.from(body).toString()).toBe('buzz\n')
  })
})
