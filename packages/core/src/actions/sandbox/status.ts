import { sandboxAction } from '../../action.ts'

export const sandboxStatus = sandboxAction({
  name: 'sandbox:status',
  summary: 'Show what the embedded AWS holds, and where it is served',
  options: {},
  examples: [['package sandbox:status', 'instances by region and state']],
  async run({ sandbox }) {
    const status = await sandbox.status()
    const regions = status.regions.map(({ region, instances }) => {
      const states = Object.entries(instances).map(([state, count]) => `${String(count)} ${state}`)
      return `${region}: ${states.length === 0 ? 'no instances' : states.join(', ')}`
    })
    const where = status.url === undefined ? 'not served' : `served at ${status.url}`
    return {
      data: status,
      lines: [`${status.folder}: ${where}; its clock says ${status.time}`, ...regions],
    }
  },
})
