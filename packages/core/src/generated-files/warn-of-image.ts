import type { Report } from '../ports/report.ts'
import type { PackerFile } from './packer-file.ts'

/** Warns of what an image is made without, and of a template that nothing uses any more. */
export function warnOfImage(
  { group, file, missingDataBags, lostTags, stalePath }: PackerFile,
  report: Report,
): void {
  if (missingDataBags.length > 0) {
    const text = `${group}: data_bags/ has no ${missingDataBags.join(', ')}; the image is made without`
    report({ level: 'warning', code: 'DATA_BAG_MISSING', group, text })
  }
  if (lostTags.length > 0) {
    const text = `${group}: Packer takes "{{" for its own: the template is without the tag ${lostTags.join(', ')}, which packer:run sets afterwards`
    report({ level: 'warning', code: 'TAG_LOST', group, text })
  }
  if (stalePath !== undefined) {
    const text = `${group}: ${stalePath} is of the other format and not used any more, ${file.path} is: remove it`
    report({ level: 'warning', code: 'TEMPLATE_STALE', group, text })
  }
}
