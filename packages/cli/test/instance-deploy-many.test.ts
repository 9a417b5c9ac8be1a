import { expect, test } from 'vitest'

import { DeployProject } from './deploy-project.ts'

test(
  'of 200 hosts, a tenth unreachable and one failing, the rest converge and the others are named',
  {
    timeout: 600_000,
  },
  () => {
    const project = new DeployProject()
    project.newKey('other.pem')
    const strange = new Set(project.launch('web', 20, { key: 'other.pem', name: 'strange' }))
    const own = project.launch('web', 180)
    const [bad = ''] = own.slice(90)
    project.chef(bad, 'exit 9')
    const run = project.deploy('-n', '25')
    expect(run.exit).toBe(6)
    expect(run.hosts).toHaveLength(200)
    for (const { id, status, reason = '' } of run.hosts) {
      const expected = strange.has(id) ? 'unreachable' : id === bad ? 'failed' : 'converged'
      expect({ id, status }).toEqual({ id, status: expected })
      if (strange.has(id)) expect(reason).toContain('Permission denied')
    }
    project.chef(bad, 'exit 0')
    const retried = project.deploy('--retry-failed', '-n', '25')
    expect(retried.hosts.filter(({ status }) => status === 'converged')).toHaveLength(1)
    expect(retried.hosts).toHaveLength(21)
  },
)
