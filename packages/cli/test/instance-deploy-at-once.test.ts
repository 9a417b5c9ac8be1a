import { randomBytes } from 'node:crypto'

import { expect, test } from 'vitest'

import { DeployProject, deployRun } from './deploy-project.ts'

test(
  'of two deploys that begin at once neither hangs, and neither takes the machines of the other along',
  { timeout: 120_000 },
  async () => {
    const project = new DeployProject()
    project.launch('web', 2)
    for (let round = 0; round < 5; round += 1) {
      project.write('cookbooks/web/files/blob', randomBytes(9_000_000))
      const words = ['instance:deploy', '--key', 'key.pem', '--timeout', '60', '--output', 'json']
      const runs = (await Promise.all([project.start(...words), project.start(...words)])).map(deployRun)
      for (const { hosts } of runs) {
        for (const host of hosts) {
          if (host.status === 'failed') expect(host).toMatchObject({ code: 'HOST_BUSY' })
          else expect(['converged', 'not started']).toContain(host.status)
        }
      }
      // They may both give way where they begin in the same instant; then nothing was changed, and the next one is not held up.
      expect(project.deploy()).toMatchObject({
        exit: 0,
        hosts: [{ status: 'converged' }, { status: 'converged' }],
      })
    }
  },
)
