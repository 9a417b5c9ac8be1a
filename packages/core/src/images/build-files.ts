/** What is told of a build, kept for each run and group; relative to the project. */
export function buildLogPath(runId: string, group: string): string {
  return `.package/logs/${runId}/${group}.log`
}

/** The template of one run that is made of a committed one; relative to the project. */
export function derivedTemplatePath(runId: string, templatePath: string): string {
  return `.package/packer/${runId}/${templatePath.slice(templatePath.lastIndexOf('/') + 1)}`
}
