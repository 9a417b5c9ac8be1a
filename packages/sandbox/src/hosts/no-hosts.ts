import type { Hosts } from './hosts.ts'

/** A key that is nobody's: no machine answers by it. */
const publicKey = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOCm5r9uXpacEbgb4uuRSB6FqtLmPah8FrvxJQy4SwwR'

/** Machines that nobody can log in to, without disks: for tests of the account alone. */
export function noHosts(): Hosts {
  return {
    connect: () => undefined,
    console: ({ instanceId }) =>
      Promise.resolve(
        [
          '-----BEGIN SSH HOST KEY KEYS-----',
          `${publicKey} root@${instanceId}`,
          '-----END SSH HOST KEY KEYS-----',
          `${instanceId} login:`,
        ].join('\n'),
      ),
    answer: () => Promise.resolve(),
    capture: () => Promise.resolve({ convergeFails: false }),
    run: () => Promise.resolve({ exitCode: 0, stdout: '', stderr: '', seconds: 0, isTimedOut: false }),
    forget: () => Promise.resolve(),
    idle: () => Promise.resolve(),
    close: () => Promise.resolve(),
  }
}
