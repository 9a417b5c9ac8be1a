import { diskErrorText } from '../../disk/disk-error.ts'

/** The line by which one end of an scp tells the other what it could not do; both go on. */
export function scpError(path: string, error: unknown): string {
  return scpComplaint(`${path}: ${diskErrorText(error)}`)
}

export function scpComplaint(text: string): string {
  return `\x01scp: ${text.replaceAll('\n', ' ')}\n`
}
