/** A run of the tool, as a tag or a name in the account tells of it. */
export interface RunMark {
  runId: string
  /** `user@host` */
  operator: string
  processId: number
}

/** The run, and a time of its work in milliseconds since 1970, as one word. */
export function markText({ runId, operator, processId }: RunMark, time: number): string {
  return [runId, operator, processId, time].join('/')
}

/** What `markText` has written; undefined for anything else. */
export function readMark(text: string | undefined): { run: RunMark; time: number } | undefined {
  const [runId = '', operator = '', processId = '', time = '', ...rest] = text?.split('/') ?? []
  if (rest.length > 0 || !/^\d+$/.test(processId) || !/^\d+$/.test(time)) return undefined
  return { run: { runId, operator, processId: Number(processId) }, time: Number(time) }
}

/** Whether two runs are of one machine, where a process id tells whether a run still goes on. */
export function areOfOneMachine(one: RunMark, other: RunMark): boolean {
  return hostOf(one) === hostOf(other)
}

function hostOf({ operator }: RunMark): string {
  return operator.slice(operator.lastIndexOf('@') + 1)
}
