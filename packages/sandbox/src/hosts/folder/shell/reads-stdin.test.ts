import { expect, test } from 'vitest'

import { readsStdin } from './reads-stdin.ts'

const scripts: Readonly<Record<string, string>> = {
  '/opt/reads.sh': '#!/bin/sh\nwhile read line; do echo "$line"; done\n',
  '/opt/plain.sh': '#!/bin/sh\necho x | cat\n',
  '/opt/itself.sh': '/opt/itself.sh\n',
}

async function reads(script: string): Promise<boolean> {
  return readsStdin(script, async (path) => scripts[path])
}

test.each([
  'cat',
  'cat > file',
  'cat -',
  'sudo tee /etc/file > /dev/null',
  'sudo -u ubuntu env A=1 bash -s one',
  'bash',
  'bash -c cat',
  'sh -ec "sudo cat"',
  'tar xz',
  'tar xzf - -C /opt',
  'grep x | wc -l',
  'head -n 5',
  'while read line; do echo $line; done',
  'if true; then cat; fi',
  'x=$(cat); echo "$x"',
  '/opt/reads.sh',
  'sudo /opt/reads.sh one',
  'source /opt/reads.sh',
  '$program',
  '/opt/itself.sh',
])('reads its input: %s', async (script) => {
  expect(await reads(script)).toBe(true)
})

test.each([
  'true',
  'echo hi; uname -a && sudo systemctl restart nginx',
  'cat /etc/hostname',
  'echo x | cat | grep x',
  'grep -q x file',
  'tar xzf bundle.tar.gz',
  'cat < file',
  'cat <<END\ntext\nEND',
  'sudo tee file <<< text',
  'bash /opt/plain.sh',
  '/opt/plain.sh',
  '/opt/missing.sh',
  'command -v sudo',
  'for i in 1 2; do echo $i; done',
  'if true',
])('does not: %s', async (script) => {
  expect(await reads(script)).toBe(false)
})
