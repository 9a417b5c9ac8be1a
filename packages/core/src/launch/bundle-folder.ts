import type { Owner } from '../ownership.ts'

/** Where in the bucket of artifacts a group's bundle.tar.gz lies, beside its bundle.sha256. */
export function bundleFolder({ project, environment }: Owner, group: string): string {
  return [project, environment ?? '-', group].join('/')
}

/** Whether user data, the tool's or that of a project's own template, names this folder of this bucket: it then fetches from there. */
export function namesFolder(userData: string, bucket: string, folder: string): boolean {
  return [bucket, folder].every((name) =>
    new RegExp(`(?<![\\w.-])${escaped(name)}(?![\\w.-])`).test(userData),
  )
}

function escaped(name: string): string {
  return name.replaceAll(/[^\w]/g, String.raw`\$&`)
}
