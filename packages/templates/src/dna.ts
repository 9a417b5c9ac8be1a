import { jsonDocument } from './json-document.ts'

/** A DNA file: what `chef-solo --json-attributes` gets. `id` names it; the role brings everything else. */
export function dnaDocument(id: string, roleName: string): string {
  return jsonDocument({ id, run_list: [`role[${roleName}]`] })
}
