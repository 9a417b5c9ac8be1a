import type { Stats } from 'node:fs'

import type { Attributes, FileEntry } from 'ssh2'

/** As the protocol carries them; times in seconds. */
export function attributesOf(stat: Stats): Attributes {
  const { mode, uid, gid, size, atimeMs, mtimeMs } = stat
  return { mode, uid, gid, size, atime: Math.floor(atimeMs / 1000), mtime: Math.floor(mtimeMs / 1000) }
}

/** With the line that `sftp` shows for `ls -l`. */
export function fileEntry(name: string, stat: Stats, owner: string): FileEntry {
  const kind = stat.isDirectory() ? 'd' : stat.isSymbolicLink() ? 'l' : '-'
  const bits = [6, 3, 0].map((shift) => permissionLetters(stat.mode >> shift)).join('')
  const date = stat.mtime.toUTCString().replace(/^\w+, (\d+) (\w+) (\d+) .*$/, '$2 $1  $3')
  const longname = `${kind}${bits} ${stat.nlink} ${owner} ${owner} ${String(stat.size).padStart(12)} ${date} ${name}`
  return { filename: name, longname, attrs: attributesOf(stat) }
}

function permissionLetters(bits: number): string {
  return `${bits & 4 ? 'r' : '-'}${bits & 2 ? 'w' : '-'}${bits & 1 ? 'x' : '-'}`
}
