import { sandboxAction } from '../../action.ts'

export const sandboxReset = sandboxAction({
  name: 'sandbox:reset',
  summary: 'Forget everything in the embedded AWS',
  options: {},
  examples: [['package sandbox:reset', 'back to an empty account']],
  async run({ sandbox }) {
    await sandbox.reset()
    return { data: {}, lines: ['the sandbox is empty'] }
  },
})
