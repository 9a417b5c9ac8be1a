import { PackageError } from '@package/core/errors'
import type { Tags } from '@package/core/ports/cloud/tags'

import { amazonBuilders, isFields, type AmazonBuilder } from './amazon-builders.ts'
import { firstWithRequiredPlugins, knowsRequiredPlugins } from './packer-version.ts'

export interface RunOfTemplate {
  /** The committed template, relative to the project. */
  path: string
  /** Its folder, absolute: what it calls its own. */
  folder: string
  region: string
  tags: Tags
  keyPairName: string
  /** Members that only the AWS of this run needs. */
  builder: Readonly<Record<string, unknown>>
  /** The only addresses that may reach the builder by SSH; where they are not known, Packer lets all. */
  ownCidr: string | undefined
  /** Of the Packer that reads it. */
  packerVersion: string
}

type Format = 'json' | 'hcl'

/** What of a build can be tagged, by the type of the builder (Packer's documentation of each). */
const tagMembers: Readonly<Record<string, readonly string[]>> = {
  'amazon-ebs': ['tags', 'snapshot_tags', 'run_tags', 'run_volume_tags'],
  'amazon-ebssurrogate': ['tags', 'snapshot_tags', 'run_tags', 'run_volume_tags'],
  'amazon-ebsvolume': ['run_tags'],
  'amazon-instance': ['tags', 'run_tags'],
  'amazon-chroot': ['tags', 'snapshot_tags'],
}

/** With any of these, the template says itself who may reach the builder, or from where. */
const reachMembers = [
  'temporary_security_group_source_cidrs',
  'security_group_id',
  'security_group_ids',
  'security_group_filter',
  'ssh_interface',
  'ssh_bastion_host',
  'ssh_proxy_host',
]

/** With any of these, the template has a key pair of its own. */
const keyMembers = ['ssh_keypair_name', 'ssh_private_key_file', 'ssh_password', 'temporary_key_pair_name']

/** Builders that launch no instance to be reached. */
const withoutInstance: ReadonlySet<string> = new Set(['amazon-chroot'])

/**
 * The template of one run: the committed one with what only this run has. Throws PackageError (config) for a text that is no
 * template with an amazon builder, and for one that needs a newer Packer.
 */
export function deriveTemplate(text: string, run: RunOfTemplate): string {
  const format: Format = run.path.endsWith('.pkr.json') ? 'hcl' : 'json'
  const template = mapTexts(parsed(text, run.path), (each) => withOwnFolder(each, run.folder, format))
  const namesPlugins = isFields(template) && 'packer' in template
  if (namesPlugins && !knowsRequiredPlugins(run.packerVersion)) throw tooOld(run)
  const builders = isFields(template) ? amazonBuilders(template) : []
  if (builders.length === 0) throw noBuilder(run.path)
  for (const { type, fields } of builders) Object.assign(fields, membersOfRun({ type, fields }, run, format))
  return `${JSON.stringify(template, null, 2)}\n`
}

function membersOfRun({ type, fields }: AmazonBuilder, run: RunOfTemplate, format: Format) {
  const tags = Object.fromEntries(
    Object.entries(run.tags)
      .filter((tag) => !tag.join(' ').includes('{{')) // Packer would render it
      .map((tag) => tag.map((each) => (format === 'hcl' ? hclLiteral(each) : each))),
  ) as Tags
  const tagged = (tagMembers[type] ?? []).map((member) => {
    const own = fields[member]
    return [member, { ...(isFields(own) && own), ...tags }]
  })
  const saysWhoReaches = withoutInstance.has(type) || reachMembers.some((member) => member in fields)
  return {
    region: run.region,
    ...Object.fromEntries(tagged),
    ...(run.ownCidr !== undefined &&
      !saysWhoReaches && { temporary_security_group_source_cidrs: [run.ownCidr] }),
    ...(!withoutInstance.has(type) &&
      keyMembers.every((member) => !(member in fields)) && {
        temporary_key_pair_name: run.keyPairName,
      }),
    ...run.builder,
  }
}

/** The run's template lies in another folder: its names for its own folder become that of the committed one. */
function withOwnFolder(text: string, folder: string, format: Format): string {
  const name = JSON.stringify(format === 'hcl' ? hclLiteral(folder) : folder)
  return format === 'hcl'
    ? text.replaceAll(/\$\$\{|\$\{[^}]*\}/g, (part) => part.replaceAll(/\bpath\.root\b/g, () => name))
    : text.replaceAll(/\{\{.*?\}\}/g, (part) => part.replaceAll(/\btemplate_dir\b/g, () => name))
}

/** HCL's native syntax, "Template Literals": how the two starts of a sequence are written. */
function hclLiteral(text: string): string {
  return text.replaceAll(/[$%]\{/g, (start) => `${start.charAt(0)}${start}`)
}

function mapTexts(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value)
  if (Array.isArray(value)) return value.map((each) => mapTexts(each, change))
  if (!isFields(value)) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, mapTexts(each, change)]))
}

function parsed(text: string, path: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw invalid(path, error instanceof Error ? error.message : String(error))
  }
}

function invalid(path: string, reason: string): PackageError {
  return new PackageError('config', 'TEMPLATE_INVALID', `${path} is no Packer template for AWS: ${reason}`, {
    hint: 'package packer:create makes it anew',
  })
}

/** Only a template of the project's own can be without. */
function noBuilder(path: string): PackageError {
  const text = `${path} is no Packer template for AWS: it has no amazon builder`
  return new PackageError('config', 'TEMPLATE_INVALID', text, {
    hint: 'give templates/packer.json.hbs one: "builders": [{{json builder}}] is what the group asks for',
  })
}

function tooOld({ path, packerVersion }: RunOfTemplate): PackageError {
  const text = `${path} names its plugins, which Packer ${packerVersion} does not know; at least ${firstWithRequiredPlugins} is needed`
  return new PackageError('config', 'PACKER_OLD', text, {
    hint: 'install a newer one, https://developer.hashicorp.com/packer/install, or take "json" as image.format',
  })
}
