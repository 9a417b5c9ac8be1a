import { once } from 'node:events'

import ssh2 from 'ssh2'

/** Opens a session on a machine, and is gone before it has asked for anything there: a client that is killed in between. */
export async function leaveEarly(host: string, privateKey: string): Promise<void> {
  const client = new ssh2.Client()
  client.connect({ host, port: 2222, username: 'ubuntu', privateKey })
  await once(client, 'ready')
  const closed = once(client, 'close')
  // Asked for once the session is open. No client of OpenSSH can be made to leave there, and ssh2 has no other way to it.
  const { _protocol: protocol } = client as unknown as { _protocol: { exec: () => void } }
  protocol.exec = () => client.destroy()
  client.exec('true', () => undefined)
  await closed
}
