import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The project's `.package`, where the tool keeps what belongs to this machine; git is told to leave it out. */
export function ownFolder(project: string): string {
  const folder = join(project, '.package')
  const gitignore = join(folder, '.gitignore')
  if (!existsSync(gitignore)) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(gitignore, '*\n')
  }
  return folder
}
