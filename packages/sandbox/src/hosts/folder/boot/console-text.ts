import type { Machine } from '../../hosts.ts'
import { hostName } from '../login.ts'
import { fingerprintLine } from './host-key.ts'

const rule = '#'.repeat(61)
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/**
 * What a first boot leaves on the console. The end is cloud-init's: fingerprints through logger(1), hence their prefix,
 * then the host's public keys, which is where a client learns whom to trust.
 */
export function consoleText(machine: Machine, publicKey: string, userDataOutput: string, at: Date): string {
  const host = hostName(machine)
  const logged = [
    rule,
    '-----BEGIN SSH HOST KEY FINGERPRINTS-----',
    fingerprintLine(publicKey),
    '-----END SSH HOST KEY FINGERPRINTS-----',
    rule,
  ]
  return lines([
    `[    0.000000] ${machine.instanceId} (${machine.imageId}): a stand-in of the sandbox, no kernel runs`,
    `[    1.204518] systemd[1]: Hostname set to <${host}>.`,
    `[    2.018327] cloud-init[412]: Cloud-init running 'init' at ${at.toUTCString()}. Up 2.01 seconds.`,
    `[    2.377150] cloud-init[412]: ci-info: | eth0 | True | ${machine.privateAddress} |`,
    `[    3.190022] cloud-init[538]: Cloud-init running 'modules:final' at ${at.toUTCString()}. Up 3.18 seconds.`,
    ...userDataOutput.split('\n').filter((line) => line !== ''),
    ...logged.map((line) => `<14>${stamp(at)} cloud-init: ${line}`),
    '-----BEGIN SSH HOST KEY KEYS-----',
    publicKey,
    '-----END SSH HOST KEY KEYS-----',
  ])
}

function lines(texts: readonly string[]): string {
  return texts.map((text) => `${text}\n`).join('')
}

/** Such as `Nov  3 08:20:25`, as syslog has it. */
function stamp(at: Date): string {
  const day = String(at.getUTCDate()).padStart(2)
  return `${months[at.getUTCMonth()] ?? ''} ${day} ${at.toISOString().slice(11, 19)}`
}
