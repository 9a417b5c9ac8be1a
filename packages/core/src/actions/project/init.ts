import { dryRun, folderAction } from '../../action.ts'
import { writeFiles } from '../../generated-files/write-files.ts'
import { skeleton } from './skeleton.ts'

export const projectInit = folderAction({
  name: 'project:init',
  summary: 'Start a project in this folder: nodes.json, its schema, folders, .gitignore; never overwrites',
  options: dryRun,
  examples: [
    ['package project:init', 'in an empty folder, or beside what is there'],
    ['package project:init -C fleet', 'in the folder fleet, which is made when it is missing'],
  ],
  async run({ files, folderName, options }) {
    const wanted = await skeleton(folderName)
    const kept = wanted.filter(({ path }) => files.exists(path))
    const missing = wanted.filter((file) => !kept.includes(file))
    const { data, lines } = await writeFiles(files, missing, options['dry-run'])
    return {
      data: { ...data, kept: kept.map(({ path }) => path) },
      lines: [...kept.map(({ path }) => `kept       ${path}`), ...lines],
    }
  },
})
