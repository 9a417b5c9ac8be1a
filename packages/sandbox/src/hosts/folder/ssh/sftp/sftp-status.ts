import ssh2 from 'ssh2'

import { diskErrorCode } from '../../disk/disk-error.ts'

const { STATUS_CODE } = ssh2.utils.sftp

/** By which of the protocol's few codes a failure is told. */
export function sftpStatus(error: unknown): number {
  switch (diskErrorCode(error)) {
    case 'ENOENT':
    case 'ENOTDIR':
      return STATUS_CODE.NO_SUCH_FILE
    case 'EACCES':
    case 'EPERM':
      return STATUS_CODE.PERMISSION_DENIED
    default:
      return STATUS_CODE.FAILURE
  }
}
