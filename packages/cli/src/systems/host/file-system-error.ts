import { PackageError } from '@package/core/errors'

const hints: Readonly<Record<string, string>> = {
  ENOSPC: 'make room on the disk and run it again; every file is still the old one or already the new one',
  EDQUOT:
    'make room within the quota and run it again; every file is still the old one or already the new one',
  EACCES: 'check who owns the folder and its permissions',
  EPERM: 'check who owns the folder and its permissions',
  EROFS: 'the file system is mounted read-only',
  EISDIR: 'a folder is in the place of the file; move it away',
  ENOTDIR: 'a file is in the place of a folder; move it away',
  EEXIST: 'a file is in the place of a folder; move it away',
}

/** What the operating system refused, as "cannot write roles/web.json: no space left on device". */
export function fileSystemError(
  verb: 'read' | 'list' | 'write' | 'remove',
  path: string,
  cause: unknown,
): PackageError {
  const { code = '', message } = cause as NodeJS.ErrnoException
  const reason = /^[A-Z0-9]+: ([^,]+)/.exec(message)?.[1] ?? message
  const hint = hints[code]
  return new PackageError('system', 'FILE_SYSTEM', `cannot ${verb} ${path}: ${reason}`, {
    cause,
    ...(hint !== undefined && { hint }),
  })
}
