// The actions on AWS: how many calls they make as a fleet grows, and how long a whole one takes.
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { interleaved } from './measure.mjs'
import { line, table } from './report.mjs'
import { startServer } from './start-server.mjs'

const node = process.execPath
const cli = join(import.meta.dirname, '../packages/cli/dist/package.cjs')

const nodes = {
  __settings__: { project: 'bench' },
  __security_groups__: {
    bench: { description: 'Bench', ingress: [{ protocol: 'tcp', ports: '22', from: ['my-ip'] }] },
  },
  bench: {
    region: 'us-east-1',
    instance_type: 't3.micro',
    ssh_username: 'ubuntu',
    source_ami: { owner: '099720109477', name: 'ubuntu/images/*/ubuntu-noble-24.04-amd64-server-*' },
    security_groups: ['bench'],
    autoscale: false,
    run_list: [],
  },
}

function project() {
  const folder = mkdtempSync(join(tmpdir(), 'package-bench-aws-'))
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodes))
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key.pem')])
  return folder
}

/** Calls by operation of one action in the sandbox. */
export function calls(folder, ...words) {
  const { stdout, status } = spawnSync(node, [cli, ...words, '--sandbox', '--verbose', '--output', 'json'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  })
  if (status !== 0) throw new Error(`${words.join(' ')}: ${stdout.slice(-2000)}`)
  const counts = new Map()
  for (const text of stdout.trimEnd().split('\n')) {
    const { code, data } = JSON.parse(text)
    if (code === 'AWS_CALL') counts.set(data.operation, (counts.get(data.operation) ?? 0) + 1)
  }
  return counts
}

/** Prints the calls of each action as the number of instances grows. */
export function awsCalls(sizes) {
  console.log('\nCalls to AWS as instances grow (in the sandbox)')
  for (const size of sizes) {
    const folder = project()
    const named = ['bench', '--name', 'bench']
    show(
      'instance:create',
      size,
      calls(folder, 'instance:create', ...named, '--key', 'key.pem', '--count', `${size}`),
    )
    show('instance:list', size, calls(folder, 'instance:list'))
    show('security:sync', size, calls(folder, 'security:sync'))
    show('instance:delete', size, calls(folder, 'instance:delete', ...named, '--yes'))
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Prints the calls of one action. */
export function show(action, size, counts) {
  const total = [...counts.values()].reduce((sum, count) => sum + count, 0)
  const each = [...counts].map(([operation, count]) => (count === 1 ? operation : `${count} ${operation}`))
  console.log(
    `  ${`${action}, ${size} instances`.padEnd(32)} ${String(total).padStart(5)}   ${each.join(', ')}`,
  )
}

/**
 * A whole instance:list over HTTP, beside bare Node and aws-cli, all against moto: of a small cluster, for which the promise is
 * made, and of a larger one, of which moto itself takes its time to tell.
 */
export async function instanceList(rounds) {
  const moto = await startMoto()
  if (!moto) return
  const folder = project()
  const environment = {
    AWS_ENDPOINT_URL: moto.url,
    AWS_ACCESS_KEY_ID: 'bench',
    AWS_SECRET_ACCESS_KEY: 'bench',
    AWS_DEFAULT_REGION: 'us-east-1',
    AWS_EC2_METADATA_DISABLED: 'true',
  }
  Object.assign(process.env, environment)
  try {
    launchInMoto(3)
    listed(3, folder, rounds, { toNode: 2.2, toAwsCli: 0.33 })
    launchInMoto(17)
    listed(20, folder, rounds, {})
  } finally {
    moto.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

function listed(size, folder, rounds, { toNode, toAwsCli }) {
  const medians = interleaved(
    [
      { name: 'node -e 0', command: [node, '-e', '0'] },
      { name: 'package instance:list', command: [node, cli, 'instance:list'], folder },
      { name: 'aws ec2 describe-instances', command: ['aws', 'ec2', 'describe-instances'] },
    ],
    rounds,
  )
  const title = `A whole instance:list of ${size} instances over HTTP`
  table(title, medians, 'node -e 0', { 'package instance:list': toNode })
  const ours = medians.get('package instance:list')
  const ratio = ours / medians.get('aws ec2 describe-instances')
  line('instance:list, ratio to aws-cli', `${ours.toFixed(0)} ms`.padStart(9), ratio, toAwsCli)
}

function launchInMoto(count) {
  const tags = '{Key=package:project,Value=bench},{Key=group,Value=bench},{Key=Name,Value=bench}'
  const words = ['ec2', 'run-instances', '--image-id', 'ami-12c6146b', '--count', String(count)]
  const specification = ['--tag-specifications', `ResourceType=instance,Tags=[${tags}]`]
  const { status, stderr } = spawnSync('aws', [...words, ...specification], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`aws: ${stderr}`)
}

/** Undefined where Python has no moto or there is no aws-cli. */
async function startMoto() {
  const has = (program, ...words) => spawnSync(program, words).status === 0
  if (!has('python3', '-c', 'import moto.server') || !has('aws', '--version')) {
    console.log('\n(moto or aws-cli is not here: instance:list is not measured)')
    return undefined
  }
  const port = await freePort()
  const url = `http://127.0.0.1:${port}`
  const command = ['python3', '-m', 'moto.server', '-p', String(port)]
  const { stop } = startServer(command, { stderr: 'ignore' })
  const deadline = Date.now() + 30_000
  while (
    !(await fetch(url).then(
      () => true,
      () => false,
    ))
  ) {
    if (Date.now() > deadline) throw new Error('moto does not start')
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return { url, stop }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address()
  server.close()
  return port
}
