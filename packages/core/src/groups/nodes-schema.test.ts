import { expect, test } from 'vitest'

import schema from '../../nodes.schema.json' with { type: 'json' }
import type { NodeGroup } from './node-group.ts'
import type { Settings } from './settings.ts'

/** Every field of the type, by the compiler's word: one too many or too few does not compile. */
const fields: Record<keyof NodeGroup, true> = {
  description: true,
  type: true,
  region: true,
  vpc: true,
  zones: true,
  subnets: true,
  instance_type: true,
  ssh_username: true,
  key_name: true,
  iam_instance_profile: true,
  source_ami: true,
  security_groups: true,
  block_devices: true,
  elastic_ip: true,
  count: true,
  tags: true,
  load_balancer: true,
  dns: true,
  depends_on: true,
  autoscale: true,
  default_attributes: true,
  override_attributes: true,
  run_list: true,
  post_run_list: true,
  data_bags: true,
  chef: true,
  image: true,
  metadata_options: true,
  termination_protection: true,
  logs: true,
  attached_services: true,
  once: true,
  provides: true,
  consumes: true,
}

const settings: Record<keyof Settings, true> = {
  project: true,
  environment: true,
  accounts: true,
  chef_server: true,
  registry: true,
  artifacts_bucket: true,
  cookbook_paths: true,
  sources: true,
}

test('the schema and the types have the same fields', () => {
  expect(Object.keys(schema.$defs.group.properties).sort()).toEqual(Object.keys(fields).sort())
  expect(Object.keys(schema.$defs.settings.properties).sort()).toEqual(Object.keys(settings).sort())
})

test('every pattern of the schema says in words what it expects', () => {
  const patterns = Object.entries(schema.$defs).filter(([, definition]) => 'pattern' in definition)
  expect(patterns.filter(([, definition]) => !('description' in definition))).toEqual([])
  expect(patterns.length).toBeGreaterThan(25)
})

test('patterns stand only where their words are found: in $defs', () => {
  const { $defs, ...rest } = schema
  const inner = Object.values($defs).map((definition) => ({ ...definition, pattern: undefined }))
  expect(JSON.stringify([rest, inner])).not.toContain('"pattern"')
})
