import { connect, type Socket } from 'node:net'

import type { Machine } from '../../hosts.ts'

/** In milliseconds: within which a client connects, once it was told that the machine answers. */
const longest = 3000

/** Has the process that answers for the machine go on until somebody had the time to connect; undefined where none answers. */
export async function hold({ address, port }: Machine): Promise<Socket | undefined> {
  const socket = connect({ host: address, port })
  socket.resume()
  const isThere = await new Promise<boolean>((resolve) => {
    socket.once('connect', () => resolve(true))
    socket.once('close', () => resolve(false))
    socket.on('error', () => socket.destroy())
  })
  if (!isThere) return undefined
  const end = setTimeout(() => socket.destroy(), longest)
  socket.once('close', () => clearTimeout(end))
  return socket
}
