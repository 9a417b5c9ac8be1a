interface HclTemplate {
  packer?: object
  source: { 'amazon-ebs': Record<string, Record<string, unknown>> }
}

/** A generated .pkr.json as Packer 1.6.6 can read it: without the `packer` block and the members of newer plugins. */
export function forOldPacker(text: string): string {
  const { packer, ...template } = JSON.parse(text) as HclTemplate
  if (packer === undefined) throw new Error('it has no packer block')
  for (const source of Object.values(template.source['amazon-ebs'])) {
    delete source['metadata_options']
    delete source['imds_support']
  }
  return JSON.stringify(template)
}
