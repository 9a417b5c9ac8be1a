import { describe, expect, test } from 'vitest'

import { BuildStory, readSaid } from './read-output.ts'

function storyOf(...lines: string[]) {
  const story = new BuildStory()
  return { story, shown: lines.flatMap((line) => story.take(line)) }
}

test('a line has its commas and line ends back', () => {
  expect(readSaid(String.raw`1795258261,amazon-ebs,error,a%!(PACKER_COMMA) b\nc`)).toEqual({
    target: 'amazon-ebs',
    type: 'error',
    data: ['a, b\nc'],
  })
  expect(readSaid('panic: oh, no, why')).toBeUndefined()
})

describe('the story of a build', () => {
  test('is told in lines', () => {
    const { shown } = storyOf(
      '1,,ui,say,==> amazon-ebs: Stopping',
      String.raw`1,,ui,message,    amazon-ebs: one%!(PACKER_COMMA) two\n\n    amazon-ebs: three\r`,
      '1,amazon-ebs,artifact-count,1',
      'panic: oh',
      '',
    )
    expect(shown).toEqual([
      '==> amazon-ebs: Stopping',
      '    amazon-ebs: one, two',
      '    amazon-ebs: three',
      'panic: oh',
    ])
  })

  test('ends with an image in each region', () => {
    const { story } = storyOf(
      '1,amazon-ebs,artifact,0,builder-id,mitchellh.amazonebs',
      '1,amazon-ebs,artifact,0,id,eu-west-1:ami-1%!(PACKER_COMMA)us-east-1:ami-2',
    )
    expect(story.imageId('us-east-1')).toBe('ami-2')
    expect(story.imageId('eu-west-1')).toBe('ami-1')
    expect(story.imageId('eu-north-1')).toBeUndefined()
  })

  test('or with an error, on one line; where none is the build’s, with what was complained of last', () => {
    const complaint = String.raw`1,,ui,error,Failed to parse template:\n  line 3`
    expect(storyOf(complaint).story.lastError).toBe('Failed to parse template: line 3')
    const error = String.raw`1,amazon-ebs,error,Refused: no\n	status code: 400%!(PACKER_COMMA) request id: x`
    expect(storyOf(error, complaint).story.lastError).toBe('Refused: no status code: 400, request id: x')
    expect(storyOf('1,,ui,say,==> a').story.lastError).toBeUndefined()
  })
})
