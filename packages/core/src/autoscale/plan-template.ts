import { templatesOf, type Fleet, type TemplateVersion } from './fleet.ts'
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
export function nextTemplate(fleet: Fleet, goal: Goal): NextTemplate {
  const { templates } = fleet
  const [newest] = templates
  const known = templates.find((each) => isNextTemplate(fleet, goal, each))
  return {
    ...(newest && { id: newest.templateId }),
    ...(known && { version: known.version }),
    previous: previousOf(fleet, goal),
    newest: newest?.version ?? 0,
  }
}

/** Whether a next version launches from that one. */
export function isNextTemplate(fleet: Fleet, goal: Goal, each: TemplateVersion): boolean {
  const { template } = goal
  if ('version' in template) return each.version === template.version
  const isSame = each.digest === template.digest && each.previous === previousOf(fleet, goal)
  return isSame && !isReplaced(fleet, each)
}

/** Also where what runs launches from a version that somebody has deleted, earlier ones can be returned to. */
function previousOf(fleet: Fleet, { template: { digest } }: Goal): number | undefined {
  const { live } = fleet
  if (live?.template === undefined) return undefined
  return lastOther(templatesOf(fleet, live), live.template, digest)?.version
}

function isReplaced({ live }: Fleet, { templateId, version }: TemplateVersion): boolean {
  return live?.template === version && live.group.templates[0]?.id === templateId
}

/** With all its versions. */
export function removeTemplate({ templates: [newest] }: Fleet): TemplateStep[] {
  if (newest === undefined) return []
  const { templateId, templateName } = newest
  return [{ do: 'delete-template', templateId, templateName }]
}
