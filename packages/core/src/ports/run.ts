/** This run of the tool. */
export interface Run {
  /** A UTC timestamp and six hexadecimal digits. */
  id: string
  /** The tool's own. */
  version: string
  processId: number
  /** Whether a process of this machine runs. */
  isAlive(processId: number): boolean
}
