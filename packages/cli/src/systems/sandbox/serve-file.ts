import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** What `sandbox:serve` leaves for other commands to find it by. */
export interface ServeFile {
  url: string
  pid: number
}

/** The server of the sandbox in this folder, if one lives. */
export function liveServer(folder: string): ServeFile | undefined {
  const server = read(folder)
  return server && isAlive(server.pid) ? server : undefined
}

export function writeServeFile(folder: string, server: ServeFile): void {
  mkdirSync(folder, { recursive: true })
  const draft = `${pathOf(folder)}.${String(process.pid)}`
  writeFileSync(draft, `${JSON.stringify(server)}\n`)
  renameSync(draft, pathOf(folder))
}

export function removeServeFile(folder: string): void {
  if (read(folder)?.pid === process.pid) rmSync(pathOf(folder), { force: true })
}

function read(folder: string): ServeFile | undefined {
  try {
    return JSON.parse(readFileSync(pathOf(folder), 'utf8')) as ServeFile
  } catch {
    return undefined
  }
}

function pathOf(folder: string): string {
  return join(folder, 'serve.json')
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
