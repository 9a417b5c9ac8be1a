import type { AgentRun } from '../../hosts/hosts.ts'
import type { Scope } from '../../operation.ts'
import { findBucket } from '../../s3/known-bucket.ts'
import { keepObject } from '../../s3/objects/keep-object.ts'
import { stepFolder } from './command-answer.ts'
import type { Command, Invocation } from './command.ts'

/** Puts all that was printed where the command says, as far as there is such a bucket: an agent that cannot write says nothing. */
export function keepOutput(
  { commandId, output }: Command,
  { instanceId }: Invocation,
  run: AgentRun,
  scope: Scope,
): void {
  const found = output && findBucket(scope, output.bucket)
  if (!found) return
  const folder = [output.prefix, commandId, instanceId, stepFolder].filter((part) => part !== '').join('/')
  for (const stream of ['stdout', 'stderr'] as const) {
    if (run[stream] === '') continue
    const body = Buffer.from(run[stream])
    keepObject(scope, found.bucket, `${folder}/${stream}`, { body, contentType: 'text/plain', metadata: {} })
  }
}
