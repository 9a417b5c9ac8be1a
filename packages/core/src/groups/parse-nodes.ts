import { PackageError } from '../errors.ts'
import { checkNodes } from './checks/check-nodes.ts'
import isValidNodes from './generated/is-valid-nodes.js'
import { isJsonObject, type Json } from './json.ts'
import { locateFindings } from './locate.ts'
import { mergeBase } from './merge-base.ts'
import type { NodeGroup } from './node-group.ts'
import type { Group, Nodes } from './nodes.ts'
import { parseJson } from './parse-json.ts'
import type { Finding, Problem } from './problem.ts'
import type { SecurityGroup } from './security-group.ts'
import type { Settings } from './settings.ts'
import { validPart } from './valid-part.ts'

/**
 * Reads the text of nodes.json, checks it whole, and merges every group with `__base__`.
 * Throws PackageError (config) with every problem found, each with line, column and JSON pointer; `file` names the
 * file in them. What a field may hold is nodes.schema.json; what fields may hold together is in `checks/`.
 */
export async function parseNodes(file: string, text: string): Promise<Nodes> {
  const { value, problems } = parseJson(file, text)
  if (!isJsonObject(value)) {
    throw invalid(file, [
      { file, line: 1, column: 1, pointer: '', text: 'must be one object: "__base__" and the groups' },
    ])
  }
  const findings = await schemaProblems(value)
  const valid = validPart(value, findings)
  const nodes = nodesOf(valid.value)
  findings.push(...checkNodes(nodes, valid.isDoubtful))
  if (findings.length > 0) problems.push(...locateFindings(file, text, findings))
  if (problems.length > 0) throw invalid(file, problems)
  return nodes
}

/** What is wrong is looked for only where something is: that takes a validator ten times as large. */
async function schemaProblems(value: Json): Promise<Finding[]> {
  if (isValidNodes(value)) return []
  const { schemaFindings } = await import('./schema-findings.ts')
  return schemaFindings(value)
}

/** All of `value` has passed the schema, which is what makes these casts true. */
function nodesOf(value: Record<string, Json>): Nodes {
  const base = (value['__base__'] ?? {}) as NodeGroup
  const groups = new Map<string, Group>()
  for (const [name, own] of Object.entries(value)) {
    if (name === '$schema' || name.startsWith('__')) continue
    groups.set(name, { name, own: own as NodeGroup, fields: mergeBase(base, own as NodeGroup) })
  }
  return {
    settings: (value['__settings__'] ?? {}) as Settings,
    securityGroups: new Map(
      Object.entries((value['__security_groups__'] ?? {}) as Record<string, SecurityGroup>),
    ),
    base,
    groups,
  }
}

function invalid(file: string, problems: Problem[]): PackageError {
  const sorted = problems.sort((a, b) => (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0))
  const count = sorted.length === 1 ? 'a problem' : `${String(sorted.length)} problems`
  return new PackageError('config', 'NODES_INVALID', `${file} has ${count}`, { problems: sorted })
}
