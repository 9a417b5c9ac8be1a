/** What a version of a launch template is remembered by, which has no id of its own. */
export function templateVersionId(templateId: string, version: number): string {
  return `${templateId} ${String(version)}`
}
