import { deployMarks } from '@package/templates/deploy'

/** Lines that are kept for the reason of a failure. */
const mostKept = 200

/** What a script has said, besides to the log. */
export interface HostSaid {
  hasBegun: boolean
  wantsBundle: boolean
  /** Who has the host for itself, with its process id there. */
  busyWith: { process: string; run: string } | undefined
  /** Empty before the first. */
  step: string
  /** Those of that step, the last of them. */
  lines: string[]
}

/** Takes what a script of a run says on a host; all but its marks goes to the log. */
export function listenToHost(
  run: string,
  log: (line: string) => void,
): { said: HostSaid; onLine: (line: string) => void } {
  const said: HostSaid = { hasBegun: false, wantsBundle: false, busyWith: undefined, step: '', lines: [] }
  const mark = `package:${run} `
  const onLine = (line: string) => {
    if (line.startsWith(mark)) takeMark(said, line.slice(mark.length), log)
    else {
      log(line)
      said.lines.push(line)
      if (said.lines.length > mostKept) said.lines.shift()
    }
  }
  return { said, onLine }
}

/** Where a script was when it was cut off: `at: <step>`. */
export function cutOffAt({ step, lines }: HostSaid): string {
  if (step !== '') return `at: ${step}`
  return lines.some((line) => line.trim() !== '') ? 'before its first step' : 'before anything was said'
}

function takeMark(said: HostSaid, mark: string, log: (line: string) => void): void {
  if (mark === deployMarks.begun) said.hasBegun = true
  else if (mark === deployMarks.wantsBundle) said.wantsBundle = true
  else if (mark.startsWith(deployMarks.busy)) {
    const [process = '', run = ''] = mark.slice(deployMarks.busy.length).split(' ')
    said.busyWith = { process, run }
  } else if (mark.startsWith(deployMarks.step)) {
    said.step = mark.slice(deployMarks.step.length)
    said.lines = []
    log(`package: ${said.step}`)
  }
}
