/** An element, with text or with elements in it; what is undefined is left out. */
export type Xml = readonly [name: string, content: string | number | boolean | readonly Xml[] | undefined]

const namespace = 'http://s3.amazonaws.com/doc/2006-03-01/'

export function xmlDocument([name, content]: Xml): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n<${name} xmlns="${namespace}">${inner(content)}</${name}>`
}

function element([name, content]: Xml): string {
  return content === undefined ? '' : `<${name}>${inner(content)}</${name}>`
}

function inner(content: Xml[1]): string {
  if (typeof content === 'object') return content.map(element).join('')
  return escaped(String(content))
}

/** What XML 1.0 does not let stand as it is. */
export function escaped(text: string): string {
  return text.replaceAll(/[&<>"\r]/g, (character) => `&#${String(character.codePointAt(0))};`)
}
