// The bare Node script that role:create is measured against: the same files, as atomic and as lasting, and nothing
// else. It is given the finished texts and neither reads nodes.json nor looks at what is there.
import { spawnSync } from 'node:child_process'
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'

const files = JSON.parse(readFileSync(process.argv[2], 'utf8'))
mkdirSync('roles', { recursive: true })
for (const [name, text] of files) writeFileSync(`roles/.${name}.tmp`, text)
spawnSync('sync', ['-f', 'roles'])
for (const [name] of files) renameSync(`roles/.${name}.tmp`, `roles/${name}`)
