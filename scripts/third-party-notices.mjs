import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** Writes the licences of all packages that the files of a bundle contain, as those licences ask. */
export function writeThirdPartyNotices(output, path) {
  const folders = new Set()
  for (const input of output.flatMap(({ moduleIds }) => moduleIds ?? [])) {
    const [folder] = /^.*node_modules\/(@[^/]+\/)?[^/]+/.exec(input) ?? []
    if (folder) folders.add(folder)
  }
  const notices = [...folders]
    .sort((a, b) => a.localeCompare(b))
    .map((folder) => {
      const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
      const file = readdirSync(folder).find((entry) => /^licen[cs]e/i.test(entry))
      const text = file ? readFileSync(join(folder, file), 'utf8').trim() : `Licence: ${license}`
      return `${name} ${version} (${license})\n\n${text}\n`
    })
  writeFileSync(path, notices.join(`\n${'-'.repeat(80)}\n\n`))
}
