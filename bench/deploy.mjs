// instance:deploy beside Ansible's command module and pssh: the same hosts, the same remote command line, the same ssh and its
// options, the same number of hosts at a time.
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join } from 'node:path'

import { interleaved, timed } from './measure.mjs'
import { line, table } from './report.mjs'
import { startTargets, whyNoTargets } from './ssh-targets.mjs'
import { serveSandbox } from './start-server.mjs'
import { peakOfTree } from './tree-memory.mjs'

const node = process.execPath
const cli = join(import.meta.dirname, '../packages/cli/dist/package.cjs')
const unpacked = join(import.meta.dirname, '../.tools/debian')

const nodes = {
  __settings__: { project: 'bench' },
  bench: {
    region: 'us-east-1',
    instance_type: 't3.micro',
    ssh_username: 'root',
    source_ami: { owner: '099720109477', name: 'ubuntu/images/*/ubuntu-noble-24.04-amd64-server-*' },
    autoscale: false,
    run_list: ['recipe[bench]'],
  },
}

/** A project with instances in its sandbox: their ids and addresses. */
function launch(folder, hosts) {
  writeFileSync(join(folder, 'nodes.json'), JSON.stringify(nodes))
  mkdirSync(join(folder, 'cookbooks/bench/recipes'), { recursive: true })
  writeFileSync(join(folder, 'cookbooks/bench/metadata.rb'), "name 'bench'\nversion '1.0.0'\n")
  writeFileSync(join(folder, 'cookbooks/bench/recipes/default.rb'), '')
  spawnSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', '', '-f', join(folder, 'key.pem')])
  const words = ['instance:create', 'bench', '--key', 'key.pem', '--name', 'bench', '--count', `${hosts}`]
  timed({ command: [node, cli, ...words, '--user', 'ubuntu', '--sandbox'], folder })
  const listed = spawnSync(node, [cli, 'instance:list', '--sandbox', '--output', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  })
  return JSON.parse(listed.stdout.trimEnd().split('\n').at(-1)).data.instances
}

/** What a deploy runs on a host that has the bundle, word for word: the last argument of one of its ssh. */
function remoteCommand(folder, deploy) {
  const ssh = spawnSync('sh', ['-c', 'command -v ssh'], { encoding: 'utf8' }).stdout.trim()
  mkdirSync(join(folder, 'bin'))
  const kept = join(folder, 'remote-command')
  const keep = `for last; do :; done; printf %s "$last" > '${kept}.'$$; mv '${kept}.'$$ '${kept}'`
  writeFileSync(join(folder, 'bin/ssh'), `#!/bin/sh\n${keep}\nexec '${ssh}' "$@"\n`)
  chmodSync(join(folder, 'bin/ssh'), 0o755)
  const path = process.env.PATH
  process.env.PATH = `${join(folder, 'bin')}${delimiter}${path}`
  timed({ command: deploy, folder })
  process.env.PATH = path
  return readFileSync(kept, 'utf8')
}

/** As Ansible's command module wants it: it has no shell, so the words that a shell would make of the line. */
function wordsOf(command) {
  const print = 'for word; do printf "%s\\0" "$word"; done'
  const withoutRedirection = command.replace(/ 2>&1$/, '')
  const { stdout } = spawnSync('sh', ['-c', `set -- ${withoutRedirection}\n${print}`], { encoding: 'utf8' })
  return stdout.split('\0').slice(0, -1)
}

function ansible(folder, parallel, options, words, pipelining) {
  const sockets = join(folder, 'ansible-sockets')
  const environment = {
    PYTHONPATH: join(unpacked, 'usr/lib/python3/dist-packages'),
    ANSIBLE_PIPELINING: String(pipelining),
    ANSIBLE_SSH_CONTROL_PATH_DIR: sockets,
    ANSIBLE_HOME: join(folder, 'ansible-home'),
    // Its own default, and what the others are given.
    ANSIBLE_SSH_ARGS: `-C -o ControlMaster=auto -o ControlPersist=60s ${options}`,
    ANSIBLE_SSH_TRANSFER_METHOD: 'piped',
  }
  const set = Object.entries(environment).map(([name, value]) => `${name}=${value}`)
  const program = join(unpacked, 'usr/bin/ansible')
  const module = ['-m', 'command', '-a', JSON.stringify({ argv: words })]
  return {
    name: pipelining ? 'ansible -m command, pipelined' : 'ansible -m command',
    command: ['env', ...set, program, 'all', '-i', 'inventory', '-f', String(parallel), ...module],
    folder,
    // Connections that the run before has kept would not be made again.
    before: () => closeSockets(sockets),
  }
}

function closeSockets(folder) {
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    spawnSync('ssh', ['-o', `ControlPath=${join(folder, name)}`, '-O', 'exit', 'none'])
  }
  rmSync(folder, { recursive: true, force: true })
}

function measure(folder, parallel, { options, command, deploy }, rounds) {
  const pssh = join(unpacked, 'usr/bin/parallel-ssh')
  const words = wordsOf(command)
  const contenders = [
    { name: 'instance:deploy', command: [...deploy, '-n', String(parallel), '--no-canary'], folder },
    { name: 'instance:deploy, a canary first', command: [...deploy, '-n', String(parallel)], folder },
    {
      name: 'pssh',
      command: [
        'env',
        `PYTHONPATH=${join(unpacked, 'usr/lib/python3/dist-packages')}`,
        '/usr/bin/python3',
        pssh,
        '-h',
        'hosts',
        '-l',
        'root',
        '-p',
        String(parallel),
        '-t',
        '0',
        '-x',
        options,
        command,
      ],
      folder,
    },
    ansible(folder, parallel, options, words, true),
    ansible(folder, parallel, options, words, false),
  ]
  const medians = interleaved(contenders, rounds)
  table(`A deploy that has nothing to send, ${parallel} hosts at a time`, medians, 'pssh', {
    'instance:deploy': 1.15,
  })
  const ours = medians.get('instance:deploy')
  const ratio = ours / medians.get('ansible -m command')
  line('instance:deploy, ratio to ansible', `${ours.toFixed(0)} ms`.padStart(9), ratio, 1 / 3)
  return contenders
}

async function memory(contenders, parallel) {
  console.log(`\nPeak resident memory, ${parallel} at a time, of all processes of a run (ratio to pssh)`)
  const peaks = []
  for (const contender of contenders) peaks.push([contender.name, await peakOfTree(contender)])
  const yardstick = peaks.find(([name]) => name === 'pssh')[1].total
  for (const [name, { total, largest }] of peaks) {
    const each = (total - largest) / parallel
    const value = `${total.toFixed(0)} MB`.padStart(9)
    line(`${name}: ${largest.toFixed(0)} MB and ${each.toFixed(1)} each`, value, total / yardstick)
  }
}

/** As instance:deploy gives them. */
function sshOptions(folder) {
  const settings = {
    UserKnownHostsFile: join(folder, 'known_hosts'),
    GlobalKnownHostsFile: '/dev/null',
    StrictHostKeyChecking: 'yes',
    ConnectTimeout: '10',
    ServerAliveInterval: '15',
    LogLevel: 'ERROR',
    IdentityFile: join(folder, 'key.pem'),
    IdentitiesOnly: 'yes',
    BatchMode: 'yes',
  }
  return Object.entries(settings)
    .map(([name, value]) => `-o ${name}=${value}`)
    .join(' ')
}

/**
 * The hosts: sshd of Debian, on this machine's own addresses, which have the bundle already, and whose chef-solo does nothing. AWS is
 * a served sandbox, which says what addresses they have.
 */
export async function deploys(hosts, parallels, rounds) {
  const missing = ['usr/bin/parallel-ssh', 'usr/bin/ansible'].filter(
    (name) => !existsSync(join(unpacked, name)),
  )
  const why =
    missing.length > 0 ? `${missing.join(' and ')} is not here: npm run setup:tools` : whyNoTargets()
  if (why !== undefined) {
    console.log(`\n(${why}: deploys are not measured)`)
    return
  }
  const folder = mkdtempSync(join(tmpdir(), 'package-bench-deploy-'))
  const before = { ...process.env }
  const stops = []
  try {
    const instances = launch(folder, hosts)
    const addresses = instances.map(({ public_ip }) => public_ip)
    const targets = await startTargets(join(folder, 'targets'), addresses, join(folder, 'key.pem'))
    stops.push(targets.stop)
    const lines = (names) => names.map((name) => `${name} ${targets.hostKey}\n`).join('')
    writeFileSync(join(folder, '.package/known_hosts'), lines(instances.map(({ id }) => id)))
    writeFileSync(join(folder, 'known_hosts'), lines(addresses))
    writeFileSync(join(folder, 'hosts'), addresses.map((address) => `${address}\n`).join(''))
    const python = 'ansible_user=root ansible_python_interpreter=/usr/bin/python3'
    writeFileSync(join(folder, 'inventory'), addresses.map((address) => `${address} ${python}\n`).join(''))
    const server = await serveSandbox(folder)
    stops.push(server.stop)
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: server.url,
      AWS_ACCESS_KEY_ID: 'bench',
      AWS_SECRET_ACCESS_KEY: 'bench',
      AWS_EC2_METADATA_DISABLED: 'true',
    })
    const options = sshOptions(folder)
    const deploy = [node, cli, 'instance:deploy', '--key', 'key.pem']
    timed({ command: deploy, folder })
    const setting = { options, command: remoteCommand(folder, deploy), deploy }
    for (const parallel of parallels) {
      const contenders = measure(folder, parallel, setting, rounds)
      await memory(contenders, parallel)
    }
  } finally {
    closeSockets(join(folder, 'ansible-sockets'))
    for (const stop of stops) stop()
    for (const name of Object.keys(process.env)) if (!(name in before)) delete process.env[name]
    Object.assign(process.env, before)
    rmSync(folder, { recursive: true, force: true })
  }
}
