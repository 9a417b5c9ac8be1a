/** Strings that break a careless template, shell script or JSON writer. */
export const awkwardStrings: readonly string[] = [
  `it's "quoted"`,
  'C:\\new\\temp',
  '{{x}}',
  '{{{x}}}',
  '{{timestamp}} {{user `x`}} {{ isotime | clean_resource_name }}',
  '{{`{{`}}',
  '{ {',
  '}}',
  'first\nsecond\r\nthird\ttab',
  '5 < 6 && 7 > 2 <b>&amp;</b>',
  'żółć, 日本, 𝒳, é',
  '${var.x} %{if true} $(rm -rf /) `id`',
  "DNA\nEOF\n'$HOME'",
  '\u2028\u2029',
]
