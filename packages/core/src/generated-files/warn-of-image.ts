import type { Report } from '../ports/report.ts'
import type { PackerFile } from './packer-file.ts'

/** Warns of what an image is made without. */
export function warnOfImage({ group, missingDataBags, lostTags }: PackerFile, report: Report): void {
  if (missingDataBags.length > 0) {
    const text = `${group}: data_bags/ has no ${missingDataBags.join(', ')}; the image is made without`
    report({ level: 'warning', code: 'DATA_BAG_MISSING', group, text })
  }
  if (lostTags.length > 0) {
    const text = `${group}: Packer takes "{{" for its own: the template is without the tag ${lostTags.join(', ')}, which packer:run sets afterwards`
    report({ level: 'warning', code: 'TAG_LOST', group, text })
  }
}
