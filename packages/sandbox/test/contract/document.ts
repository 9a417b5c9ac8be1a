import type { Difference } from './difference.ts'

const introduction = `# Where the sandbox and moto differ

The same scenarios are played to the sandbox and to [moto](https://github.com/getmoto/moto)
(\`packages/sandbox/test/contract/\`), and the answers must be alike: codes of refusals, states, and the shape of every
answer. What follows is every difference that they meet, with AWS's word on it. It is written from
\`packages/sandbox/test/contract/differences/\` by the test that holds it true: \`vitest -u\` writes it anew.

\`*\` stands for any operation, or any member of a structure; \`Error\` for an answer that is no error of AWS.
`

/** The table of differences, for people. */
export function contractDocument(
  differences: Readonly<Record<string, readonly Difference[]>>,
  unknownToMoto: readonly string[],
): string {
  const sections = Object.entries(differences).map(([resource, entries]) =>
    [`## ${resource}`, ...entries.map(paragraph)].join('\n\n'),
  )
  const unknown = [
    '## Operations that only the sandbox knows',
    unknownToMoto.map((name) => `\`${name}\``).join(', '),
  ].join('\n\n')
  return `${[introduction.trim(), ...sections, unknown].join('\n\n')}\n`
}

function paragraph({ at, sandbox, moto, right, aws, page }: Difference): string {
  const judgement =
    right === 'both' ? 'Either will do' : `${right === 'moto' ? 'moto' : 'The sandbox'} is right`
  return [
    ...at.map((each) => `- \`${each}\``),
    '',
    `  The sandbox: ${code(sandbox)}; moto: ${code(moto)}. [${judgement}](${page}): ${escaped(aws)}`,
  ].join('\n')
}

function code(text: string): string {
  return `\`${text}\``
}

/** Stars and underscores are what they are. */
function escaped(text: string): string {
  return text.replaceAll(/[*_<]/g, String.raw`\$&`)
}
