import type { WordNode } from 'just-bash'

/** The text of a word; undefined when it is known only once the script runs. */
export function literalWord({ parts }: Pick<WordNode, 'parts'>): string | undefined {
  const texts = parts.map((part) => {
    if (part.type === 'DoubleQuoted') return literalWord(part)
    if (part.type === 'TildeExpansion') return '~'
    return 'value' in part && typeof part.value === 'string' ? part.value : undefined
  })
  return texts.includes(undefined) ? undefined : texts.join('')
}
