import { execFile, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, mkdirSync, readdirSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

import { expect, onTestFinished, test } from 'vitest'

import { agentScript, ownInstanceId, type AgentInput } from '../../templates/src/deploy.ts'
import { tarBundles } from '../src/systems/bundle/tar-bundles.ts'
import { Project } from './project.ts'

const run = '20261121T120000Z-abcdef'
const id = 'i-0123456789abcdef0'

/** Serves a bundle to who asks with the secret, and runs the script as an agent does, by this machine's sh. */
async function agentNode(does: string) {
  const project = new Project()
  project.write('cookbooks/web/metadata.rb', "name 'web'\n")
  const bundle = await tarBundles(project.folder).pack([{ path: 'cookbooks/web', source: 'cookbooks/web' }])
  const version = '[ "$1" = --version ] && echo "Chef Infra Client: 18.1.0" && exit'
  project.write('bin/chef-solo', `#!/bin/sh\n${version}\n${does}\n`)
  chmodSync(project.path('bin/chef-solo'), 0o755)
  mkdirSync(project.path('opt'))
  const asked: string[] = []
  const server = createServer(({ url = '' }, answer) => {
    asked.push(url)
    const isAllowed = url.endsWith('?X-Amz-Signature=secret&a=b')
    answer.writeHead(isAllowed ? 200 : 403).end(isAllowed ? bundle.archive : 'no')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  const { port } = server.address() as AddressInfo
  const converge = async (more: Partial<AgentInput> = {}, instance = id) => {
    const script = agentScript({
      run,
      digest: bundle.digest,
      dna: { id: `web-${ownInstanceId}` },
      chef: { install: 'none', version: '18' },
      whyRun: false,
      url: `http://127.0.0.1:${String(port)}/x.tar.gz?X-Amz-Signature=secret&a=b`,
      instanceIds: ['i-0', id],
      ...more,
    })
    return new Promise<{ exit: unknown; said: string }>((resolve) => {
      const env = {
        ...process.env,
        PATH: `${project.path('bin')}:${process.env['PATH'] ?? ''}`,
        PACKAGE_ROOT: project.path('opt/package'),
        PACKAGE_DEPLOY_LOG: project.path('log/deploy.log'),
        AWS_SSM_INSTANCE_ID: instance,
      }
      execFile('sh', ['-c', script], { env, cwd: project.folder }, (error, stdout, stderr) => {
        resolve({ exit: error?.code ?? 0, said: stdout + stderr })
      })
    })
  }
  return { project, asked, converge }
}

test.skipIf(spawnSync('curl', ['--version']).status !== 0)(
  'fetches the bundle where there is another one, says its beginning and its end, and nothing of the URL',
  async () => {
    const { project, asked, converge } = await agentNode('seq 1 9000; echo the end; exit 194')
    const first = await converge()
    expect(first.exit).toBe(193)
    expect(first.said.split('\n').slice(0, 3)).toEqual([
      `package:${run} begun`,
      `package:${run} wants-bundle`,
      `package:${run} step chef-solo`,
    ])
    expect(first.said.trimEnd().endsWith('the end')).toBe(true)
    expect(first.said.length).toBeLessThan(21_000)
    expect(asked).toHaveLength(1)
    expect(project.json('opt/package/dna.json')).toEqual({ id: `web-${id}` })
    expect(readdirSync(project.path('opt'))).toEqual(['package'])
    const log = project.read('log/deploy.log')
    expect(log).toContain('\n4000\n')
    expect(first.said + log).not.toContain('secret')
    const again = await converge()
    expect(again.said).not.toContain('wants-bundle')
    expect(asked).toHaveLength(1)
  },
)

test('what a run says at its end is read before another one may begin', async () => {
  const { project, converge } = await agentNode('echo converges')
  const atWork = project.path('at-work-when-read')
  project.write(
    'bin/tail',
    `#!/bin/sh\nls '${project.path('opt/package/at-work')}' > '${atWork}'\nexec /usr/bin/tail "$@"\n`,
  )
  chmodSync(project.path('bin/tail'), 0o755)
  await converge()
  expect(project.read('at-work-when-read')).toContain(run)
  expect(readdirSync(project.path('opt/package/at-work'))).toEqual([])
})

test('does nothing on an instance that is not meant', async () => {
  const { project, asked, converge } = await agentNode('echo converges')
  expect(await converge({}, 'i-elsewhere')).toEqual({ exit: 0, said: '' })
  expect(await converge({}, '')).toEqual({ exit: 0, said: '' })
  expect(asked).toEqual([])
  expect(readdirSync(project.path('opt'))).toEqual([])
})

test('a bundle that is refused fails with the step, and without the URL', async () => {
  const { asked, converge } = await agentNode('echo converges')
  const { exit, said } = await converge({ url: 'http://127.0.0.1:1/x?X-Amz-Signature=secret' })
  expect(exit).not.toBe(0)
  expect(said).toContain(`package:${run} step taking the bundle`)
  expect(said).not.toMatch(/secret|converges/)
  expect(asked).toEqual([])
})
