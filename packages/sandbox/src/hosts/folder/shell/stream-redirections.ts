import { parse, type SimpleCommandNode, type WordNode } from 'just-bash'

import { literalWord } from './literal-word.ts'
import { streams } from './streams.ts'

export type Redirection = SimpleCommandNode['redirections'][number]

/** Output and errors to where the streams lead. */
export const toStreams: readonly Redirection[] = redirections(`1>&${streams.stdout} 2>&${streams.stderr}`)

/** The stream leads to whoever runs the command: into a pipe, a variable, another command. To just-bash, these paths are that. */
export const keptStdout: readonly Redirection[] = redirections(`${streams.stdout}>/dev/stdout`)
export const keptStderr: readonly Redirection[] = redirections(`${streams.stderr}>/dev/stderr`)
export const stderrKeptAsStdout: readonly Redirection[] = redirections(`${streams.stderr}>/dev/stdout`)

const nowhere = redirections('>/dev/null')

/** What a script redirects, as redirections of its streams. */
export function ofStreams(redirection: Redirection): Redirection[] {
  const { operator, target, fdVariable } = redirection
  if (target.type === 'HereDoc') return [redirection]
  switch (operator) {
    case '>':
    case '>>':
    case '>|':
      return fdVariable === undefined ? [toFile(redirection, target)] : [redirection]
    case '&>':
    case '&>>':
      return both(operator === '&>' ? '>' : '>>', target)
    case '>&':
    case '<&':
      return duplicate(redirection, target)
    default:
      return [redirection]
  }
}

function toFile(redirection: Redirection, target: WordNode): Redirection {
  const source = /^\/dev\/(?:std(?:out|err)|fd\/[12])$/.exec(literalWord(target) ?? '')?.[0]
  const fd = streamOf(redirection.fd ?? 1)
  if (source === undefined) return { ...redirection, fd }
  const stream = /out|1/.test(source) ? streams.stdout : streams.stderr
  return { ...redirection, fd, operator: '>&', target: word(String(stream)) }
}

function duplicate(redirection: Redirection, target: WordNode): Redirection[] {
  const { operator, fd, fdVariable } = redirection
  const text = literalWord(target)
  const [, source, moves = ''] = /^(\d+)(-?)$/.exec(text ?? '') ?? []
  const renamed = source === undefined ? target : word(`${String(streamOf(Number(source)))}${moves}`)
  if (fdVariable !== undefined) return [{ ...redirection, target: renamed }]
  const isFile = text !== undefined && text !== '-' && source === undefined
  if (operator === '>&' && fd === null && isFile) return both('>', target)
  const own = streamOf(fd ?? (operator === '>&' ? 1 : 0))
  if (text === '-' && own >= streams.stdout) return nowhere.map((each) => ({ ...each, fd: own }))
  return [{ ...redirection, fd: own, target: renamed }]
}

function both(operator: '>' | '>>', target: WordNode): Redirection[] {
  return [
    { type: 'Redirection', fd: streams.stdout, operator, target },
    { type: 'Redirection', fd: streams.stderr, operator: '>&', target: word(String(streams.stdout)) },
  ]
}

function streamOf(descriptor: number): number {
  return descriptor === 1 ? streams.stdout : descriptor === 2 ? streams.stderr : descriptor
}

function word(text: string): WordNode {
  return { type: 'Word', parts: [{ type: 'Literal', value: text }] }
}

function redirections(text: string): Redirection[] {
  return parse(`: ${text}`).statements[0]?.pipelines[0]?.commands[0]?.redirections ?? []
}
