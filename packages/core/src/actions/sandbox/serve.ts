import { sandboxAction } from '../../action.ts'
import { PackageError } from '../../errors.ts'
import type { Report } from '../../ports/report.ts'
import type { AnsweredCall } from '../../ports/sandbox.ts'

/** 0 takes a free one. */
const usualPort = '4566'

export const sandboxServe = sandboxAction({
  name: 'sandbox:serve',
  summary:
    'Serve the embedded AWS over HTTP, for Packer, aws-cli and every other client, until it is stopped',
  options: {
    port: { type: 'string', summary: `The port on 127.0.0.1; 0 takes a free one (default ${usualPort})` },
    speed: {
      type: 'string',
      summary: "How many times faster than usual the account's clock runs (default 1)",
    },
    verbose: { type: 'boolean', summary: 'Show each call that is answered' },
  },
  examples: [
    [
      'package sandbox:serve --port 4566',
      'then AWS_ENDPOINT_URL=http://127.0.0.1:4566 aws ec2 describe-instances',
    ],
    ['package sandbox:serve --speed 20', 'instances boot in a second'],
  ],
  async run({ options, sandbox, report }) {
    const port = wholeNumber('port', options.port ?? usualPort, 0, 65_535)
    const speed = wholeNumber('speed', options.speed ?? '1', 1, 10_000)
    let served = ''
    await sandbox.serve({
      port,
      speed,
      onCall: options.verbose ? tellCall(report) : () => undefined,
      onServing(url) {
        served = url
        report({
          level: 'info',
          code: 'SERVING',
          text: `serving the sandbox at ${url}; Ctrl-C stops it\nexport AWS_ENDPOINT_URL=${url} AWS_ACCESS_KEY_ID=sandbox AWS_SECRET_ACCESS_KEY=sandbox`,
          data: { url },
        })
      },
    })
    return { data: { url: served }, lines: ['stopped'] }
  },
})

function tellCall(report: Report): (call: AnsweredCall) => void {
  return (call) => {
    const { service, region, operation, status, requestId } = call
    const text = `${service}:${operation} ${region} ${String(status)} ${requestId}`
    report({ level: 'info', code: 'AWS_CALL', text, data: call })
  }
}

function wholeNumber(option: string, text: string, least: number, most: number): number {
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return number
  throw new PackageError(
    'usage',
    'OPTION_VALUE',
    `--${option} is a whole number from ${String(least)} to ${String(most)}, not ${JSON.stringify(text)}`,
  )
}
