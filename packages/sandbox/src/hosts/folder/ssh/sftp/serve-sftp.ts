import ssh2, { type SFTPWrapper } from 'ssh2'

import type { Disk } from '../../disk/disk.ts'
import { diskErrorText } from '../../disk/disk-error.ts'
import type { Identity } from '../../login.ts'
import { SftpSession } from './sftp-session.ts'
import { sftpStatus } from './sftp-status.ts'

const { STATUS_CODE } = ssh2.utils.sftp

/** Does the work of one request, whose answer it also sends; where it fails, the answer is the failure. */
type Answer = (id: number, work: () => Promise<void>) => void

/**
 * Answers the requests of one SFTP client until it leaves, or the connection is lost. Links, and extensions of the
 * protocol, are refused.
 */
export function serveSftp(sftp: SFTPWrapper, disk: Disk, identity: Identity, connection: AbortSignal): void {
  const session = new SftpSession(disk, identity)
  let turn = Promise.resolve()
  // In order: OpenSSH's scp cuts a file off where an answer came before that of an earlier request.
  const answer: Answer = (id, work) => {
    const refuse = (error: unknown) => sftp.status(id, sftpStatus(error), diskErrorText(error))
    turn = turn.then(work).catch(refuse)
  }
  const leave = () => {
    turn = turn.then(async () => session.closeAll())
  }
  answerQuestions(sftp, session, answer)
  answerChanges(sftp, session, answer)
  sftp.on('end', () => {
    tellExitCode(sftp)
    sftp.end()
    leave()
  })
  sftp.on('error', leave)
  connection.addEventListener('abort', leave)
}

function answerQuestions(sftp: SFTPWrapper, session: SftpSession, answer: Answer): void {
  sftp.on('REALPATH', (id, path) =>
    answer(id, async () => {
      const filename = session.realPath(path)
      sftp.name(id, [{ filename, longname: filename, attrs: noAttributes }])
    }),
  )
  const stat = (id: number, path: string) => answer(id, async () => sftp.attrs(id, await session.stat(path)))
  sftp.on('STAT', stat)
  sftp.on('LSTAT', stat)
  sftp.on('FSTAT', (id, handle) => answer(id, async () => sftp.attrs(id, await session.statHandle(handle))))
  sftp.on('OPEN', (id, path, flags, attributes) =>
    answer(id, async () => sftp.handle(id, await session.open(path, flags, attributes))),
  )
  sftp.on('READ', (id, handle, offset, length) =>
    answer(id, async () => {
      const data = await session.read(handle, offset, length)
      if (data.length === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.data(id, data)
    }),
  )
  sftp.on('OPENDIR', (id, path) => answer(id, async () => sftp.handle(id, await session.openFolder(path))))
  sftp.on('READDIR', (id, handle) =>
    answer(id, async () => {
      const entries = await session.readFolder(handle)
      if (entries.length === 0) sftp.status(id, STATUS_CODE.EOF)
      else sftp.name(id, entries)
    }),
  )
}

function answerChanges(sftp: SFTPWrapper, session: SftpSession, answer: Answer): void {
  const carryOut = (id: number, work: () => Promise<void>) => {
    answer(id, async () => {
      await work()
      sftp.status(id, STATUS_CODE.OK)
    })
  }
  sftp.on('WRITE', (id, handle, offset, data) => carryOut(id, () => session.write(handle, offset, data)))
  sftp.on('CLOSE', (id, handle) => carryOut(id, () => session.close(handle)))
  sftp.on('SETSTAT', (id, path, attributes) => carryOut(id, () => session.setStat(path, attributes)))
  sftp.on('FSETSTAT', (id, handle, wanted) => carryOut(id, () => session.setStatHandle(handle, wanted)))
  sftp.on('REMOVE', (id, path) => carryOut(id, () => session.remove(path)))
  sftp.on('MKDIR', (id, path, attributes) => carryOut(id, () => session.makeFolder(path, attributes)))
  sftp.on('RMDIR', (id, path) => carryOut(id, () => session.removeFolder(path)))
  sftp.on('RENAME', (id, from, to) => carryOut(id, () => session.rename(from, to)))
  const refuse = (id: number) => sftp.status(id, STATUS_CODE.PERMISSION_DENIED, 'a stand-in keeps no links')
  sftp.on('SYMLINK', refuse)
  sftp.on('READLINK', refuse)
}

const noAttributes = { mode: 0, uid: 0, gid: 0, size: 0, atime: 0, mtime: 0 }

/** scp fails without one, and ssh2 has no method for it on this kind of channel. */
function tellExitCode(sftp: SFTPWrapper): void {
  const { _protocol: protocol, outgoing } = sftp as unknown as SftpChannel
  if (outgoing.state === 'open') protocol.exitStatus(outgoing.id, 0)
}

interface SftpChannel {
  _protocol: { exitStatus(channel: number, exitCode: number): void }
  outgoing: { id: number; state: string }
}
