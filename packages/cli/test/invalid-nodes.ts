/** A nodes.json that must be refused, where, and the words that say why. */
export interface InvalidNodes {
  name: string
  text: string
  /** `line:column` */
  at: string
  pointer?: string
  says: string
}

/** One group named `web` with these fields, each case on the same lines. */
function group(fields: string): string {
  return `{\n  "web": {\n    ${fields}\n  }\n}\n`
}

function withBase(base: string, fields: string): string {
  return `{\n  "__base__": {\n    ${base}\n  },\n  "web": {\n    ${fields}\n  }\n}\n`
}

function rule(fields: string): string {
  return `{\n  "__security_groups__": { "bee": { "ingress": [\n    { ${fields} }\n  ] } }\n}\n`
}

const autoscale = (more: string) => group(`"autoscale": { "node_min": 1, "node_max": 2, ${more} }`)
const loadBalancer = (fields: string) => group(`"load_balancer": { ${fields} }`)

export const syntax: InvalidNodes[] = [
  {
    name: 'single quotes',
    text: `{\n  "web": { "description": 'x' }\n}`,
    at: '2:27',
    says: 'double quotes, not single',
  },
  { name: 'a trailing comma in an object', text: '{\n  "web": {},\n}', at: '3:1', says: 'a comma too many' },
  {
    name: 'a trailing comma in a list',
    text: group('"zones": ["us-east-1a",]'),
    at: '3:28',
    says: 'a comma too many',
  },
  { name: 'a missing comma', text: '{\n  "a": {}\n  "b": {}\n}', at: '3:3', says: 'a comma is missing' },
  { name: 'a missing colon', text: group('"count" 3'), at: '3:13', says: 'colon is missing' },
  { name: 'a missing value', text: group('"count": '), at: '4:3', says: 'a value is expected' },
  { name: 'a key without quotes', text: group('count: 3'), at: '3:5', says: 'stand in double quotes' },
  { name: 'a word that is no value', text: group('"elastic_ip": yes'), at: '3:19', says: 'found "yes"' },
  { name: 'a comment', text: '{\n  // groups\n  "web": {}\n}', at: '2:3', says: 'JSON has no comments' },
  { name: 'an unclosed string', text: group('"region": "us-east-1'), at: '3:15', says: 'no closing quote' },
  {
    name: 'an escape that does not exist',
    text: group('"description": "C:\\web"'),
    at: '3:20',
    says: 'backslash itself',
  },
  {
    name: 'a control character',
    text: group('"description": "a\tb"'),
    at: '3:20',
    says: 'control character',
  },
  { name: 'a file cut short', text: '{\n  "web": {', at: '2:11', says: 'ends too early' },
  { name: 'text after the end', text: '{}\n{}', at: '2:1', says: 'should end here' },
  { name: 'a list instead of an object', text: '[]', at: '1:1', says: 'must be one object' },
  {
    name: 'nesting without end',
    text: group(`"default_attributes": ${'{"a":'.repeat(200)}1${'}'.repeat(200)}`),
    at: '3:517',
    says: 'deeper than 100',
  },
  {
    name: 'a number too large to keep',
    text: group('"default_attributes": { "id": 12345678901234567890 }'),
    at: '3:35',
    pointer: '/web/default_attributes/id',
    says: 'write it as a string',
  },
  {
    name: 'a number beyond all numbers',
    text: group('"default_attributes": { "id": 1e999 }'),
    at: '3:35',
    says: 'write it as a string',
  },
]

export const keys: InvalidNodes[] = [
  {
    name: 'the same group twice',
    text: '{\n  "web": {},\n  "web": {}\n}',
    at: '3:3',
    pointer: '/web',
    says: 'duplicate key "web"',
  },
  {
    name: 'the same field twice',
    text: group('"count": 1, "count": 2'),
    at: '3:17',
    pointer: '/web/count',
    says: 'duplicate key "count"',
  },
  {
    name: 'the same attribute twice',
    text: group('"default_attributes": {"a": {"b": 1, "b": 2}}'),
    at: '3:42',
    pointer: '/web/default_attributes/a/b',
    says: 'duplicate key',
  },
  {
    name: '__proto__ as a group',
    text: '{\n  "__proto__": {}\n}',
    at: '2:3',
    pointer: '/__proto__',
    says: 'not allowed',
  },
  {
    name: '__proto__ in an attribute',
    text: group('"default_attributes": {"a": {"__proto__": 1}}'),
    at: '3:34',
    says: 'not allowed',
  },
  {
    name: 'constructor in an attribute',
    text: group('"default_attributes": {"constructor": 1}'),
    at: '3:28',
    says: 'not allowed',
  },
  {
    name: 'prototype in an attribute',
    text: group('"default_attributes": {"prototype": 1}'),
    at: '3:28',
    says: 'not allowed',
  },
  {
    name: 'an unknown field',
    text: group('"intance_type": "m1.large"'),
    at: '3:5',
    pointer: '/web/intance_type',
    says: 'did you mean "instance_type"?',
  },
  {
    name: 'an unknown field deep inside',
    text: autoscale('"max": 3'),
    at: '3:50',
    says: 'unknown key "max"',
  },
  {
    name: 'an unknown reserved key',
    text: '{\n  "__setings__": {}\n}',
    at: '2:3',
    says: 'did you mean "__settings__"?',
  },
  {
    name: 'a group name with a slash',
    text: '{\n  "a/b": {}\n}',
    at: '2:3',
    pointer: '/a~1b',
    says: 'is not a group name',
  },
  { name: 'a group name that climbs', text: '{\n  "..": {}\n}', at: '2:3', says: 'is not a group name' },
  { name: 'a group name with a dot', text: '{\n  "web.1": {}\n}', at: '2:3', says: 'is not a group name' },
  { name: 'a group name with a space', text: '{\n  "my web": {}\n}', at: '2:3', says: 'is not a group name' },
  {
    name: 'a group name that begins with "-"',
    text: '{\n  "-web": {}\n}',
    at: '2:3',
    says: 'is not a group name',
  },
  {
    name: 'a group name like a version',
    text: '{\n  "web-v001": {}\n}',
    at: '2:3',
    says: 'not ending in "-v" and digits',
  },
  {
    name: 'a group name of 65 letters',
    text: `{\n  "${'a'.repeat(65)}": {}\n}`,
    at: '2:3',
    says: '64 at most',
  },
  { name: 'an empty group name', text: '{\n  "": {}\n}', at: '2:3', says: 'is not a group name' },
  {
    name: 'group names that differ in case only',
    text: '{\n  "web": {},\n  "Web": {}\n}',
    at: '3:3',
    says: 'only in case',
  },
  {
    name: "a tag that is the tool's own",
    text: group('"tags": { "Name": "x" }'),
    at: '3:15',
    says: 'a tag of the group',
  },
  {
    name: "a tag with the tool's prefix",
    text: group('"tags": { "package:owner": "x" }'),
    at: '3:15',
    says: 'a tag of the group',
  },
  {
    name: "a tag with AWS's prefix",
    text: group('"tags": { "aws:x": "x" }'),
    at: '3:15',
    says: 'a tag of the group',
  },
]

export const values: InvalidNodes[] = [
  {
    name: 'a group that is no object',
    text: '{\n  "web": []\n}',
    at: '2:10',
    pointer: '/web',
    says: 'must be an object, not a list',
  },
  {
    name: 'a number for a string',
    text: group('"region": 1'),
    at: '3:15',
    says: 'must be a string, not a number',
  },
  {
    name: 'a string for a list',
    text: group('"run_list": "recipe[a]"'),
    at: '3:17',
    says: 'must be a list, not a string',
  },
  {
    name: 'a string for a boolean',
    text: group('"elastic_ip": "yes"'),
    at: '3:19',
    says: 'must be true or false',
  },
  { name: 'null for a field', text: group('"zones": null'), at: '3:14', says: 'must be a list, not null' },
  {
    name: 'a fraction for a count',
    text: group('"count": 1.5'),
    at: '3:14',
    says: 'a whole number, not the number 1.5',
  },
  { name: 'a negative count', text: group('"count": -1'), at: '3:14', says: 'must be >= 0' },
  {
    name: 'autoscale: true',
    text: group('"autoscale": true'),
    at: '3:18',
    says: 'must be false or an object',
  },
  {
    name: 'a region that is none',
    text: group('"region": "us-east"'),
    at: '3:15',
    says: 'is not an AWS region, such as',
  },
  {
    name: 'an image id that is none',
    text: group('"source_ami": "ami-xyz"'),
    at: '3:19',
    says: 'is not the id of an image',
  },
  {
    name: 'an image filter without an owner',
    text: group('"source_ami": { "name": "x" }'),
    at: '3:19',
    says: '"owner" is missing',
  },
  {
    name: 'an invalid run-list item',
    text: group('"run_list": ["recpie[a]"]'),
    at: '3:18',
    pointer: '/web/run_list/0',
    says: 'is not a run-list item',
  },
  {
    name: 'a run-list item without brackets',
    text: group('"run_list": ["sudo"]'),
    at: '3:18',
    says: 'is not a run-list item',
  },
  {
    name: "a run-list version that is not Chef's",
    text: group('"run_list": ["recipe[a@1]"]'),
    at: '3:18',
    says: 'is not a run-list item',
  },
  {
    name: 'a role with a dot',
    text: group('"run_list": ["role[a.b]"]'),
    at: '3:18',
    says: 'is not a run-list item',
  },
  {
    name: 'an unknown kind of installation',
    text: group('"chef": { "install": "chef" }'),
    at: '3:26',
    says: 'is not one of "cinc"',
  },
  {
    name: 'an unknown protocol, nearly right',
    text: rule('"protocol": "tpc", "from": []'),
    at: '3:19',
    says: 'did you mean "tcp"?',
  },
  {
    name: 'a data bag that climbs',
    text: group('"data_bags": ["../x"]'),
    at: '3:19',
    says: 'is not a data bag',
  },
  {
    name: 'a secret instead of its place',
    text: group('"attached_services": { "db": { "address": "db", "port": 1, "secret": "hunter2" } }'),
    at: '3:74',
    says: 'never the secret',
  },
  {
    name: 'an unknown policy type',
    text: autoscale('"policies": [{ "name": "a", "type": "steps" }]'),
    at: '3:86',
    says: 'did you mean "step"?',
  },
]

export const rules: InvalidNodes[] = [
  {
    name: 'an undeclared source',
    text: rule('"protocol": "tcp", "ports": "22", "from": ["www"]'),
    at: '3:50',
    pointer: '/__security_groups__/bee/ingress/0/from/0',
    says: '"www" is not a declared security group',
  },
  {
    name: 'a bad CIDR',
    text: rule('"protocol": "tcp", "ports": "22", "from": ["10.0.0.0/33"]'),
    at: '3:50',
    says: 'not between 0 and 32',
  },
  {
    name: 'a CIDR that is none',
    text: rule('"protocol": "tcp", "ports": "22", "from": ["10.0.0/8"]'),
    at: '3:50',
    says: 'is not a CIDR',
  },
  {
    name: 'an address without a prefix',
    text: rule('"protocol": "tcp", "ports": "22", "from": ["10.0.0.1"]'),
    at: '3:50',
    says: 'write "10.0.0.1/32"',
  },
  {
    name: 'a CIDR with bits of a host',
    text: rule('"protocol": "tcp", "ports": "22", "from": ["10.0.0.1/8"]'),
    at: '3:50',
    says: 'write "10.0.0.0/8"',
  },
  {
    name: 'an IPv6 CIDR too long',
    text: rule('"protocol": "tcp", "ports": "22", "from": ["2001:db8::/129"]'),
    at: '3:50',
    says: 'not between 0 and 128',
  },
  {
    name: 'ports reversed',
    text: rule('"protocol": "tcp", "ports": "7010-7000", "from": []'),
    at: '3:35',
    says: 'write "7000-7010"',
  },
  {
    name: 'a port above all ports',
    text: rule('"protocol": "tcp", "ports": "70000", "from": []'),
    at: '3:35',
    says: 'above 65535',
  },
  {
    name: 'tcp without ports',
    text: rule('"protocol": "tcp", "from": []'),
    at: '3:5',
    says: 'needs "ports"',
  },
  {
    name: 'icmp with ports',
    text: rule('"protocol": "icmp", "ports": "0-65535", "from": []'),
    at: '3:36',
    says: 'takes no "ports"',
  },
  {
    name: 'a bad CIDR in a list of sources',
    text: '{\n  "__settings__": { "sources": { "office": ["1.2.3.4"] } }\n}',
    at: '2:45',
    says: 'write "1.2.3.4/32"',
  },
  {
    name: 'a list of sources named like a security group',
    text: '{\n  "__settings__": { "sources": { "bee": [] } },\n  "__security_groups__": { "bee": {} }\n}',
    at: '2:34',
    says: 'a rule could mean either',
  },
  {
    name: 'an unknown dependency',
    text: '{\n  "db": {},\n  "web": { "depends_on": ["bd"] }\n}',
    at: '3:27',
    says: 'did you mean "db"?',
  },
  { name: 'a dependency on itself', text: group('"depends_on": ["web"]'), at: '3:20', says: 'web → web' },
  {
    name: 'a circle of dependencies',
    text: '{\n  "a": { "depends_on": ["b"] },\n  "b": { "depends_on": ["c"] },\n  "c": { "depends_on": ["a"] }\n}',
    at: '4:25',
    says: 'a → b → c → a',
  },
  {
    name: 'the same device twice',
    text: group(
      '"block_devices": [{ "device": "/dev/xvdf", "size_gib": 1 }, { "device": "/dev/xvdf", "size_gib": 2 }]',
    ),
    at: '3:65',
    says: 'twice',
  },
  {
    name: 'the same device in the base and the group',
    text: withBase(
      '"block_devices": [{ "device": "/dev/xvdf", "size_gib": 1 }]',
      '"block_devices": [{ "device": "/dev/xvdf", "size_gib": 2 }]',
    ),
    at: '6:23',
    pointer: '/web/block_devices/0',
    says: 'after the merge',
  },
  {
    name: 'a volume without a size',
    text: group('"block_devices": [{ "device": "/dev/xvdf" }]'),
    at: '3:23',
    says: '"size_gib" or "snapshot"',
  },
  {
    name: 'throughput on a gp2 volume',
    text: group(
      '"block_devices": [{ "device": "/dev/xvdf", "size_gib": 1, "type": "gp2", "throughput": 125 }]',
    ),
    at: '3:23',
    says: 'only a gp3 volume',
  },
  {
    name: 'an io2 volume without iops',
    text: group('"block_devices": [{ "device": "/dev/xvdf", "size_gib": 1, "type": "io2" }]'),
    at: '3:23',
    says: 'needs "iops"',
  },
  {
    name: 'a count beside an autoscale object',
    text: group('"count": 1, "autoscale": { "node_min": 1, "node_max": 1 }'),
    at: '3:14',
    says: 'exclude each other',
  },
  {
    name: 'a count of the base beside an autoscale object',
    text: withBase('"count": 1', '"autoscale": { "node_min": 1, "node_max": 1 }'),
    at: '3:14',
    pointer: '/__base__/count',
    says: 'exclude each other',
  },
  {
    name: 'an autoscale object without sizes',
    text: group('"autoscale": {}'),
    at: '3:18',
    says: 'needs "node_min" and "node_max"',
  },
  {
    name: 'node_min above node_max',
    text: group('"autoscale": { "node_min": 3, "node_max": 2 }'),
    at: '3:32',
    says: 'node_min (3) is above node_max (2)',
  },
  {
    name: 'desired outside its bounds',
    text: autoscale('"desired": 5'),
    at: '3:61',
    says: 'desired (5) is above node_max (2)',
  },
  {
    name: 'a launch hook without a profile',
    text: autoscale('"converge": "hook"'),
    at: '3:62',
    says: 'needs an iam_instance_profile',
  },
  {
    name: 'requests per target without a load balancer',
    text: autoscale(
      '"policies": [{ "name": "a", "type": "target_tracking", "metric": "requests_per_target", "target": 1 }]',
    ),
    at: '3:115',
    says: 'needs a load_balancer',
  },
  {
    name: 'a schedule at an hour that does not exist',
    text: autoscale('"schedule": [{ "cron": "0 25 * * *", "node_min": 1 }]'),
    at: '3:73',
    says: '"25" is not an hour',
  },
  {
    name: 'a schedule in no time zone',
    text: autoscale('"schedule": [{ "cron": "0 1 * * *", "time_zone": "Europe/Atlantis", "node_min": 1 }]'),
    at: '3:99',
    says: 'is not a time zone',
  },
  {
    name: 'a schedule that changes nothing',
    text: autoscale('"schedule": [{ "cron": "0 1 * * *" }]'),
    at: '3:63',
    says: 'at least one of',
  },
  {
    name: 'tcp and http on one load balancer',
    text: loadBalancer('"listeners": [{ "port": 1, "protocol": "tcp" }, { "port": 2, "protocol": "http" }]'),
    at: '3:37',
    says: 'NLB and ALB',
  },
  {
    name: 'https without a certificate',
    text: loadBalancer('"listeners": [{ "port": 443, "protocol": "https" }]'),
    at: '3:38',
    says: 'needs a "certificate"',
  },
  {
    name: 'a load balancer without listeners',
    text: loadBalancer('"drain": 5'),
    at: '3:22',
    says: 'needs "listeners"',
  },
  {
    name: 'two listeners on one port',
    text: loadBalancer('"listeners": [{ "port": 1, "protocol": "tcp" }, { "port": 1, "protocol": "tcp" }]'),
    at: '3:72',
    says: 'port 1 has two listeners',
  },
  {
    name: 'DNS at a load balancer that is not there',
    text: group('"dns": { "zone": "a.b", "name": "c", "target": "load_balancer" }'),
    at: '3:52',
    says: 'the group has none',
  },
  {
    name: 'a zone of another region',
    text: group('"region": "us-east-1", "zones": ["us-west-2a"]'),
    at: '3:38',
    says: 'is not a zone of the region us-east-1',
  },
  {
    name: 'a service that nobody provides',
    text: group('"consumes": ["api"]'),
    at: '3:18',
    says: 'no group provides',
  },
]
