import { describe, expect, test } from 'vitest'

import { Project, seedProject } from './project.ts'

describe('--dry-run', () => {
  test('shows a unified diff against what is on disk, and changes nothing', () => {
    const project = seedProject()
    project.run('role:create')
    const before = project.read('roles/12_04-bee.json')
    project.write(
      'nodes.json',
      project.read('nodes.json').replace('"other_key": "value"', '"other_key": "changed"'),
    )
    project.write('roles/.x.json.999999999.package-tmp', '')
    const { exit, out } = project.run('role:create', '--dry-run')
    expect(exit).toBe(0)
    expect(out).toBe(`--- a/roles/12_04-bee.json
+++ b/roles/12_04-bee.json
@@ -7,7 +7,7 @@
   "default_attributes": {
     "environment": "production",
     "key": "value",
-    "other_key": "value"
+    "other_key": "changed"
   },
   "run_list": [
     "recipe[seatgeek::base-server]",
unchanged  roles/12_04-www.json
`)
    expect(project.read('roles/12_04-bee.json')).toBe(before)
    expect(project.has('roles/.x.json.999999999.package-tmp')).toBe(true)
  })

  test('of every action that writes shows new files whole, and makes no folder', () => {
    for (const action of ['role:create', 'packer:create', 'autoscale:create']) {
      const project = seedProject()
      const { exit, out } = project.run(action, '--dry-run')
      expect(exit).toBe(0)
      expect(out).toContain('--- /dev/null\n+++ b/roles/12_04-bee.json\n@@ -0,0 +1,')
      expect(project.files()).toEqual(['nodes.json'])
    }
    const empty = new Project()
    expect(empty.run('project:init', '--dry-run').out).toContain('+++ b/nodes.json')
    expect(empty.files()).toEqual([])
  })

  test('is a patch that git applies', () => {
    const project = seedProject()
    const { out } = project.run('packer:create', '12_04-bee', '--dry-run')
    expect(out.startsWith('--- /dev/null')).toBe(true)
    const { data } = project.runJson('packer:create', '12_04-bee', '--dry-run') as {
      data: { dry_run: boolean; files: { path: string; status: string; diff: string }[] }
    }
    expect(data.dry_run).toBe(true)
    expect(data.files.map(({ path, status }) => `${status} ${path}`)).toEqual([
      'created roles/12_04-bee.json',
      'created packer/12_04-bee.json',
    ])
  })
})
