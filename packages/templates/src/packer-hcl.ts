import { hclLiteral, hclLiterals } from './hcl-literal.ts'
import { imageScripts } from './image-scripts.ts'
import { jsonDocument } from './json-document.ts'
import type { PackerInput } from './packer.ts'

/** Packer 1.7.0 is the first with `required_plugins`; version 1.2.2 of the plugin is the first with `imds_support`. */
const packer = {
  required_version: '>= 1.7.0',
  required_plugins: {
    amazon: { source: 'github.com/hashicorp/amazon', version: '>= 1.2.2, < 2.0.0' },
  },
}

/** HCL's name for the folder of the template: the paths hold wherever Packer is started from. */
const project = '${path.root}/..'

const now = '${formatdate("YYYYMMDDhhmmss", timestamp())}'

/** packer/<group>.pkr.json: the same image as of packerDocument, in the JSON of HCL2. The AMI name is the group's, and the time. */
export function packerHclDocument(input: PackerInput): string {
  const { prepareUpload, installChef, converge, cleanUp } = imageScripts(input)
  const name = sourceName(input.group)
  const members = hclLiterals(input.builder) as object
  const files = input.uploads.map(({ source, destination }) => ({
    file: { source: `${project}/${hclLiteral(source)}`, destination: hclLiteral(destination) },
  }))
  return jsonDocument({
    packer,
    source: { 'amazon-ebs': { [name]: { ...members, ami_name: `${hclLiteral(input.group)} ${now}` } } },
    build: {
      sources: [`source.amazon-ebs.${name}`],
      provisioner: [shell(prepareUpload), ...files, shell(installChef), shell(converge), shell(cleanUp)],
    },
  })
}

/** Packer wants a letter at the start of a source's name; what else a group's name has is fine. */
function sourceName(group: string): string {
  return /^[A-Za-z]/.test(group) ? group : `group-${group}`
}

function shell(lines: readonly string[]): object {
  return { shell: { inline: lines.map(hclLiteral) } }
}
