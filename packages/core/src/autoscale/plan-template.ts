import { hasTemplate, type Fleet } from './fleet.ts'
import type { Goal } from './goal.ts'
import type { NextTemplate, TemplateStep } from './rollout-step.ts'
import { history, lastOther } from './template-history.ts'

/**
 * Makes the version in charge the template's default, and removes versions that nothing uses and no rollback leads to: those of
 * updates that failed or were cut off, and the oldest.
 */
export function planTemplate({ templates, versions }: Fleet, live: number | undefined): TemplateStep[] {
  const [newest] = templates
  if (newest === undefined || live === undefined) return []
  // Somebody may have deleted it.
  if (!templates.some(({ version }) => version === live)) return []
  const { templateId } = newest
  const used = versions.flatMap(({ template }) => template ?? [])
  const kept = new Set([...history(templates, live).map(({ version }) => version), ...used])
  const removed = templates.map(({ version }) => version).filter((version) => !kept.has(version))
  const isDefault = templates.some(({ version, isDefault: yes }) => yes && version === live)
  return [
    ...(isDefault ? [] : [{ do: 'set-default-template', templateId, version: live } as const]),
    ...(removed.length === 0
      ? []
      : [{ do: 'delete-template-versions', templateId, versions: removed } as const]),
  ]
}

/** What a next version launches from: what it names, or one that an earlier run has left where it is the same. */
export function nextTemplate(fleet: Fleet, { template }: Goal): NextTemplate {
  const { templates, live } = fleet
  const [newest] = templates
  const replaced = live && hasTemplate(fleet, live) ? live.template : undefined
  const previous =
    replaced === undefined ? undefined : lastOther(templates, replaced, template.digest)?.version
  const known = templates.find((each) =>
    'version' in template
      ? each.version === template.version
      : each.digest === template.digest && each.previous === previous && each.version !== replaced,
  )
  return {
    ...(newest && { id: newest.templateId }),
    ...(known && { version: known.version }),
    previous,
    newest: newest?.version ?? 0,
  }
}
