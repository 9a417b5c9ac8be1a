import { PackageError } from '../errors.ts'
import type { BlockDevice, ImageFilter, NodeGroup } from '../groups/node-group.ts'
import type { Group } from '../groups/nodes.ts'
import type { Settings } from '../groups/settings.ts'
import { packerBlockDevice } from './packer-block-device.ts'

/** Ubuntu's user: what the seed's own images have. */
const defaultUser = 'ubuntu'

/** Of the answers of the metadata service: they do not leave the machine. */
const defaultHopLimit = 1

/** AWS's names for the root device; any other device is a data volume (EC2 user guide, "Device names on Linux"). */
const rootDevices: ReadonlySet<string> = new Set(['/dev/sda1', '/dev/xvda'])

/**
 * The builder of a group in the legacy format: only members that Packer 1.6.6 knows, and no credentials (Packer reads them
 * from the environment). Throws PackageError (config) when the group lacks what an image cannot be made without.
 */
export function packerBuilder(settings: Settings, group: Group): object {
  return {
    type: group.fields.type ?? 'amazon-ebs',
    ...amazonEbs(settings, group, `${group.name} {{timestamp}}`),
  }
}

/**
 * The source of a group in HCL: the same, and that the builder and what is launched from the image answer to IMDSv2 alone, the
 * latter unless the group wants IMDSv1. Throws as packerBuilder does.
 */
export function packerSource(settings: Settings, group: Group): object {
  const { http_tokens, http_put_response_hop_limit = defaultHopLimit } = group.fields.metadata_options ?? {}
  return {
    ...amazonEbs(settings, group, group.name),
    metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit },
    ...(http_tokens !== 'optional' && { imds_support: 'v2.0' }),
  }
}

function amazonEbs(settings: Settings, { name, fields }: Group, ami_name: string): object {
  const { region, instance_type, source_ami } = required(name, fields)
  const tags = imageTags(settings, name, fields)
  return {
    region,
    ...sourceImage(source_ami),
    instance_type,
    ssh_username: fields.ssh_username ?? defaultUser,
    ami_name,
    ...(fields.vpc !== undefined && { vpc_id: fields.vpc }),
    ...(fields.subnets?.[0] !== undefined && { subnet_id: fields.subnets[0] }),
    ...blockDevices(fields.block_devices ?? []),
    tags,
    snapshot_tags: tags,
    run_tags: tags,
    run_volume_tags: tags,
  }
}

function required(name: string, { region, instance_type, source_ami }: NodeGroup) {
  const missing = Object.entries({ region, instance_type, source_ami }).flatMap(([field, value]) =>
    value === undefined ? [`"${field}"`] : [],
  )
  if (region === undefined || instance_type === undefined || source_ami === undefined) {
    throw new PackageError(
      'config',
      'GROUP_INCOMPLETE',
      `${name} has no ${missing.join(', ')}: no image can be made`,
      {
        hint: 'set it in the group or in __base__ of nodes.json',
      },
    )
  }
  return { region, instance_type, source_ami }
}

function imageTags({ project }: Settings, name: string, fields: NodeGroup): Record<string, string> {
  const lost = new Set(tagsLostOnPacker(fields))
  const own = Object.entries(fields.tags ?? {}).filter(([key]) => !lost.has(key))
  return {
    group: name,
    ...(project !== undefined && { 'package:project': project }),
    ...Object.fromEntries(own),
  }
}

/**
 * The tags that no Packer template can carry. Packer renders a tag again and again until nothing changes
 * (packer/template/interpolate, Render), so that a literal `{{` cannot be written in any way.
 */
export function tagsLostOnPacker({ tags = {} }: NodeGroup): string[] {
  return Object.entries(tags).flatMap(([key, value]) => (`${key} ${value}`.includes('{{') ? [key] : []))
}

function sourceImage(source: string | ImageFilter) {
  if (typeof source === 'string') return { source_ami: source }
  const { owner, name, architecture } = source
  const filters = {
    name,
    ...(architecture !== undefined && { architecture }),
    'root-device-type': 'ebs',
    'virtualization-type': 'hvm',
  }
  return { source_ami_filter: { filters, owners: [owner], most_recent: true } }
}

/**
 * The root volume is the builder's own; data volumes are only registered with the image, so that no build attaches,
 * snapshots or leaves behind a volume that just the nodes need.
 */
function blockDevices(devices: readonly BlockDevice[]) {
  const root = devices.filter(({ device }) => rootDevices.has(device))
  const data = devices.filter(({ device }) => !rootDevices.has(device))
  return {
    ...(root.length > 0 && { launch_block_device_mappings: root.map(packerBlockDevice) }),
    ...(data.length > 0 && { ami_block_device_mappings: data.map(packerBlockDevice) }),
  }
}
