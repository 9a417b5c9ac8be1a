import type { Owner } from '../ownership.ts'

/** Where in the bucket of artifacts a group's bundle.tar.gz lies, beside its bundle.sha256. */
export function bundleFolder({ project, environment }: Owner, group: string): string {
  return [project, environment ?? '-', group].join('/')
}
