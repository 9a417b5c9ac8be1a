/** A nodes.json that must be refused, where, and the words that say why. */
export interface InvalidNodes {
  name: string
  text: string
  /** `line:column` */
  at: string
  pointer?: string
  says: string
}

/** One group named `web` with these fields, each case on the same lines. */
export function group(fields: string): string {
  return `{\n  "web": {\n    ${fields}\n  }\n}\n`
}

export function withBase(base: string, fields: string): string {
  return `{\n  "__base__": {\n    ${base}\n  },\n  "web": {\n    ${fields}\n  }\n}\n`
}

export function rule(fields: string): string {
  return `{\n  "__security_groups__": { "bee": { "ingress": [\n    { ${fields} }\n  ] } }\n}\n`
}

export const autoscale = (more: string) => group(`"autoscale": { "node_min": 1, "node_max": 2, ${more} }`)
export const loadBalancer = (fields: string) => group(`"load_balancer": { ${fields} }`)
