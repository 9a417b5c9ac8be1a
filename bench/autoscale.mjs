// Autoscale groups: how many calls the actions make as one grows; a change of a whole fleet, beside Ansible's amazon.aws.autoscaling_group, on the same served sandbox.
import { once } from 'node:events'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { calls, show } from './aws.mjs'
import { timed } from './measure.mjs'
import { line, milliseconds } from './report.mjs'
import { startServer } from './start-server.mjs'

const here = import.meta.dirname
const node = process.execPath
const cli = join(here, '../packages/cli/dist/package.cjs')
const debian = join(here, '../.tools/debian')
const playbook = join(debian, 'usr/bin/ansible-playbook')

/** How much faster than the machine's the sandbox's clock runs. */
const speed = 60

/** In seconds of the sandbox: Ansible's module looks so often, and so shall ours. */
const pollInterval = 10

const image = 'ami-0123456789abcdef0'

function nodesWith(size, instanceType, more = {}) {
  return {
    __settings__: { project: 'bench' },
    ours: {
      region: 'us-east-1',
      instance_type: instanceType,
      ssh_username: 'ubuntu',
      source_ami: image,
      autoscale: { node_min: size, node_max: size, converge: 'none' },
      run_list: [],
      ...more,
    },
  }
}

/** Prints the calls of each action on autoscale groups as the number of instances grows. */
export function autoscaleCalls(sizes) {
  const balanced = { load_balancer: { listeners: [{ port: 80, protocol: 'http' }], drain: 30 } }
  for (const { title, more } of [
    { title: 'without a load balancer', more: {} },
    { title: 'behind a load balancer', more: balanced },
  ]) {
    console.log(`\nCalls to AWS as an autoscale group grows, ${title} (in the sandbox)`)
    for (const size of sizes) callsOf(size, more)
  }
}

function callsOf(size, more) {
  const folder = mkdtempSync(join(tmpdir(), 'package-bench-autoscale-'))
  const write = (instanceType) =>
    writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodesWith(size, instanceType, more)))
  write('t3.micro')
  show('autoscale:run', size, calls(folder, 'autoscale:run', 'ours', '--ami', image))
  write('t3.small')
  show('autoscale:update', size, calls(folder, 'autoscale:update', 'ours', '--ami', image))
  show('autoscale:status', size, calls(folder, 'autoscale:status', 'ours'))
  show('autoscale:delete', size, calls(folder, 'autoscale:delete', 'ours', '--yes'))
  rmSync(folder, { recursive: true, force: true })
}

/** Prints the time beyond the waits and the calls of both, for groups of each size. Nothing where there is no Ansible. */
export async function fleetChange(sizes, rounds) {
  if (!existsSync(playbook)) {
    console.log('\n(Ansible is not here: a fleet change is not compared)')
    return
  }
  for (const size of sizes) await fleetChangeOf(size, rounds)
}

async function fleetChangeOf(size, rounds) {
  const folder = mkdtempSync(join(tmpdir(), 'package-bench-autoscale-'))
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodesWith(size, 't3.micro')))
  startInPrivate(folder)
  const server = await serve(folder)
  const before = { ...process.env }
  Object.assign(process.env, {
    AWS_URL: server.url,
    AWS_REGION: 'us-east-1',
    AWS_ACCESS_KEY_ID: 'sandbox',
    AWS_SECRET_ACCESS_KEY: 'sandbox',
    AWS_EC2_METADATA_DISABLED: 'true',
    BENCH_SPEED: String(speed),
    BENCH_SLEPT: join(folder, 'slept'),
    PACKAGE_POLL_INTERVAL: String(pollInterval / speed),
    PYTHONPATH: [join(here, 'ansible'), join(debian, 'usr/lib/python3/dist-packages')].join(':'),
    LD_LIBRARY_PATH: join(debian, 'usr/lib/x86_64-linux-gnu'),
    ANSIBLE_HOME: join(folder, 'ansible'),
  })
  try {
    const ours = (instanceType) => {
      writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodesWith(size, instanceType)))
      const command = [node, '--require', join(here, 'count-sleep.cjs'), cli, 'autoscale:update', 'ours']
      return measured(server, folder, [...command, '--ami', image, '--sandbox'])
    }
    const theirs = (instanceType) => {
      const variables = JSON.stringify({ image, size, instance_type: instanceType })
      const words = ['-i', 'localhost,', join(here, 'ansible/replace.yml'), '-e', variables]
      return measured(server, folder, ['/usr/bin/python3', playbook, ...words])
    }
    theirs('t3.micro')
    const runs = { ours: [], theirs: [] }
    for (let round = 0; round < rounds; round++) {
      const instanceType = round % 2 === 0 ? 't3.small' : 't3.micro'
      runs.theirs.push(theirs(instanceType))
      runs.ours.push(ours(instanceType))
    }
    compare(size, median(runs.theirs), median(runs.ours))
  } finally {
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Starts our group, in subnets without public addresses: then the sandbox that is served has no machines to boot. */
function startInPrivate(folder) {
  timed({ command: [node, cli, 'autoscale:run', 'ours', '--ami', image, '--sandbox'], folder })
  const path = join(folder, '.package/sandbox/account.json')
  const account = JSON.parse(readFileSync(path, 'utf8'))
  const { subnets, instances } = account.regions['us-east-1'].ec2
  for (const subnet of Object.values(subnets)) subnet.givesPublicAddress = false
  for (const instance of Object.values(instances)) delete instance.publicIp
  writeFileSync(path, JSON.stringify(account))
}

/** Wall time, what of it was not slept, and the calls that the sandbox has answered. */
function measured(server, folder, command) {
  rmSync(join(folder, 'slept'), { force: true })
  const callsBefore = server.calls()
  const whole = timed({ command, folder })
  const pauses = existsSync(join(folder, 'slept')) ? readFileSync(join(folder, 'slept'), 'utf8') : ''
  const slept = pauses.split('\n').reduce((sum, text) => sum + Number(text), 0)
  return { whole, beyond: whole - slept, calls: server.calls() - callsBefore }
}

function median(runs) {
  return [...runs].sort((a, b) => a.beyond - b.beyond)[Math.floor(runs.length / 2)]
}

function compare(size, theirs, ours) {
  console.log(
    `\n${size} instances replaced on a served sandbox: wall time beyond the pauses between looks, and calls (ratio to: Ansible)`,
  )
  const count = (number) => `${number}`.padStart(6) + '   '
  line('Ansible, time', milliseconds(theirs.beyond), 1)
  line('autoscale:update, time', milliseconds(ours.beyond), ours.beyond / theirs.beyond, 1)
  line('Ansible, calls', count(theirs.calls), 1)
  line('autoscale:update, calls', count(ours.calls), ours.calls / theirs.calls)
}

/** A sandbox that counts the calls that it answers: in a file, as a pipe that nobody reads meanwhile would stop it. */
async function serve(folder) {
  const path = join(folder, 'served')
  const words = ['sandbox:serve', '--port', '0', '--speed', String(speed), '--output', 'json', '--verbose']
  const server = startServer([node, cli, ...words], { folder, stdout: openSync(path, 'w') })
  const ended = once(server.shell, 'exit')
  const events = (code) =>
    readFileSync(path, 'utf8')
      .split('\n')
      .filter((text) => text.includes(`"code":"${code}"`))
  while (events('SERVING').length === 0) {
    if (server.shell.exitCode !== null) throw new Error('sandbox:serve ended')
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  const { url } = JSON.parse(events('SERVING')[0]).data
  const stop = async () => {
    server.stop()
    await ended
  }
  return { url, calls: () => events('AWS_CALL').length, stop }
}
