import { createServer, type Server, type Socket } from 'node:net'

import type ssh2 from 'ssh2'

import type { Machine } from '../../hosts.ts'
import type { Disk } from '../disk/disk.ts'
import { WorkAtHand } from './work-at-hand.ts'

/** Requests to log in on one connection; a client tries each of its keys, twice. */
const mostAttempts = 40

/** The SSH server of one machine. */
export class MachineServer {
  /** Who may log in is read from it for each login. Its address and port are those that it listens on. */
  machine: Machine
  readonly #disk: Disk
  readonly #readHostKey: () => Promise<string>
  readonly #listener: Server
  readonly #sockets = new Set<Socket>()
  readonly #work = new WorkAtHand()
  /** By where clients come from, what says that one has come to what it logs in for. */
  readonly #arrivals = new Map<string, () => void>()
  #ssh: Promise<ssh2.Server> | undefined

  constructor(machine: Machine, disk: Disk, readHostKey: () => Promise<string>) {
    this.machine = machine
    this.#disk = disk
    this.#readHostKey = readHostKey
    this.#listener = createServer({ noDelay: true }, (socket) => this.#connected(socket))
  }

  /** False when something answers there already, such as another process with the same sandbox. */
  async listen(): Promise<boolean> {
    const { address, port } = this.machine
    return new Promise((resolve, reject) => {
      this.#listener.once('error', (error: NodeJS.ErrnoException) => {
        if (error.code === 'EADDRINUSE') resolve(false)
        else reject(error)
      })
      this.#listener.listen({ host: address, port }, () => resolve(true))
    })
  }

  /** Waits until no client runs a command and none is about to. Who sits at a terminal is not waited for. */
  async idle(): Promise<void> {
    await this.#work.done()
  }

  async close(): Promise<void> {
    const closed = new Promise<void>((resolve) => this.#listener.close(() => resolve()))
    for (const socket of this.#sockets) socket.destroy()
    await closed
  }

  #connected(socket: Socket): void {
    this.#sockets.add(socket)
    socket.on('error', () => socket.destroy())
    socket.once('close', () => this.#sockets.delete(socket))
    const { remoteAddress, remotePort } = socket
    const from = place(remoteAddress, remotePort)
    const arrive = this.#work.begin()
    this.#arrivals.set(from, arrive)
    socket.once('close', () => {
      arrive()
      this.#arrivals.delete(from)
    })
    this.#ssh ??= this.#newSsh()
    this.#ssh.then(
      (server) => server.injectSocket(socket),
      () => {
        this.#ssh = undefined
        socket.destroy()
      },
    )
  }

  async #newSsh(): Promise<ssh2.Server> {
    const [{ default: loaded }, { authenticate }, { serveSession }, hostKey] = await Promise.all([
      import('ssh2'),
      import('./authentication.ts'),
      import('./serve-session.ts'),
      this.#readHostKey(),
    ])
    return new loaded.Server({ hostKeys: [hostKey], ident: 'sandbox' }, (client, { ip, port }) => {
      const left = new AbortController()
      let attempts = 0
      client.on('authentication', (context) => {
        attempts += 1
        if (attempts > mostAttempts) client.end()
        else authenticate(context, this.machine)
      })
      client.on('session', (accept) => {
        serveSession(accept(), this.machine, this.#disk, left.signal, this.#work)
        this.#arrivals.get(place(ip, port))?.()
      })
      client.on('close', () => left.abort())
      // Of the connection only: the client is gone, and with it the sessions.
      client.on('error', () => client.end())
    })
  }
}

function place(address: string | undefined, port: number | undefined): string {
  return `${String(address)}:${String(port)}`
}
