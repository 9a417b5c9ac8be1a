const texts: Readonly<Record<string, string>> = {
  EACCES: 'Permission denied',
  EBUSY: 'Device or resource busy',
  EEXIST: 'File exists',
  EINVAL: 'Invalid argument',
  EISDIR: 'Is a directory',
  ENOENT: 'No such file or directory',
  ENOSPC: 'No space left on device',
  ENOTDIR: 'Not a directory',
  ENOTEMPTY: 'Directory not empty',
  EPERM: 'Operation not permitted',
}

/** A refusal of a machine's disk, with the code that the operating system would give. */
export class DiskError extends Error {
  readonly code: string

  constructor(code: string) {
    super(texts[code] ?? code)
    this.name = 'DiskError'
    this.code = code
  }
}

/** What a failure is called on the machine. A message of node:fs would name folders outside of it. */
export function diskErrorText(error: unknown): string {
  return texts[diskErrorCode(error)] ?? 'Failure'
}

export function diskErrorCode(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? ''
}
