#!/bin/sh
# A tour of the tool in a temporary folder; the checkout is not touched.
set -eu
cd -- "$(dirname -- "$0")/.."
sh scripts/setup.sh
checkout=$PWD
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"

package() { "$checkout/bin/package" "$@"; }
say() { printf '\n# %s\n' "$*"; }
show() { echo "\$ $*"; "$@"; }

say 'A new project: one file, its schema for editors, and the folders'
mkdir fleet
cd fleet
show package project:init

say 'A group: the workers. What all groups share stays in __base__'
node > nodes.json.new <<'EDIT'
const nodes = JSON.parse(require('node:fs').readFileSync('nodes.json', 'utf8'))
nodes.__base__.run_list = ['recipe[seatgeek::base-server]']
nodes.__base__.post_run_list = ['recipe[sudo]']
nodes['12_04-bee'] = {
  description: 'Worker processes',
  iam_instance_profile: 'bee',
  autoscale: { timeout: 120, node_min: 2, node_max: 2 },
  default_attributes: { workers: 4 },
  run_list: ['recipe[seatgeek-service::api-workers]'],
}
console.log(JSON.stringify(nodes, null, 2))
EDIT
mv nodes.json.new nodes.json
show package nodes:validate
show package nodes:list

say 'Its files: the Chef role, the Packer template, what a booting node converges'
show package role:create 12_04-bee
show cat roles/12_04-bee.json
show package packer:create 12_04-bee
show package autoscale:create 12_04-bee

say 'A change to nodes.json, as a diff of what it does to the files'
sed -i.before 's/"workers": 4/"workers": 8/' nodes.json
show package role:update 12_04-bee --dry-run
show package role:update 12_04-bee

say 'Where does a value come from?'
show package nodes:explain 12_04-bee /default_attributes
show package nodes:explain 12_04-bee /run_list

say 'A slip of the pen: every problem at once, nothing written, exit code 3'
sed -i.before 's/"instance_type": "t3.micro"/"intance_type": "t3.micro"/; s/"node_min": 2,/"node_min": 5,/' nodes.json
show package role:create || echo "(exit code $?)"
mv nodes.json.before nodes.json

say 'From here on AWS, embedded in the tool: no account, nothing to install'
export PACKAGE_SANDBOX=1
node > nodes.json.new <<'EDIT'
const nodes = JSON.parse(require('node:fs').readFileSync('nodes.json', 'utf8'))
nodes.__security_groups__.gossip = {
  description: 'Members of the cluster',
  ingress: [{ protocol: 'tcp', ports: '7946', from: ['gossip'] }],
}
nodes.gossip = {
  description: 'A small cluster with addresses of its own',
  security_groups: ['gossip'],
  elastic_ip: true,
  count: 2,
}
console.log(JSON.stringify(nodes, null, 2))
EDIT
mv nodes.json.new nodes.json
show package security:sync --dry-run
show package security:sync

say 'Instances of a group: launched, with elastic IPs, until they can be logged in to'
echo "\$ ssh-keygen -q -t ed25519 -N '' -f key.pem"
ssh-keygen -q -t ed25519 -N '' -f key.pem
show package instance:create gossip --key key.pem --name demo
show package instance:list
instance=$(package instance:list --output json | sed -n 's/.*"id":"\(i-[0-9a-f]*\)".*/\1/p' | tail -1)
show cat "dna/instance/gossip-$instance.json"

say 'A command over SSH, by the OpenSSH of this machine'
show package instance:ssh gossip --id "$instance" --key key.pem -- uname -n

say 'The same launch again is a conflict; gone it leaves nothing behind'
show package instance:create gossip --key key.pem --name demo || echo "(exit code $?)"
show package instance:delete gossip --name demo --yes
show package instance:list

say 'An image of the workers: the real Packer, on the embedded AWS'
cp -R "$checkout/cookbooks/." cookbooks/
cp -R "$checkout/data_bags/." data_bags/
package packer:create 12_04-bee > /dev/null
# Another program of that name, of cracklib, reads its input.
if ! packer version < /dev/null 2> /dev/null | grep -q '^Packer v'; then sh "$checkout/scripts/setup-tools.sh" packer; fi
if package packer:run 12_04-bee > packer.log 2>&1; then
  echo '$ package packer:run 12_04-bee'
  tail -n 1 packer.log
  say 'The same again: nothing has changed, so nothing is built'
  show package packer:run 12_04-bee
elif grep -Eq 'PACKER_(MISSING|OLD|PLUGIN_MISSING)' packer.log; then
  cat packer.log
  say 'Packer cannot be had here: the image comes from CreateImage of the embedded AWS instead'
  sh "$checkout/scripts/demo-image.sh" "$checkout" 12_04-bee
else
  cat packer.log
  exit 1
fi
show package packer:list 12_04-bee

say 'An autoscale group of that image: its nodes converge by themselves, and count once their first Chef run is done'
show package autoscale:run 12_04-bee

say 'A line of nodes.json changes: larger instances. What an update would do, and why'
sed -i.before 's/"description": "Worker processes",/&\n    "instance_type": "t3.small",/' nodes.json
show package autoscale:status 12_04-bee

say 'The update: a second version beside the first one, which goes once the other nodes know the new one'
show package autoscale:update 12_04-bee

say 'An update that fails: the sandbox is told that the first Chef run of every new instance fails'
cp nodes.json nodes.json.good
sed -i.before 's/"t3.small"/"t3.medium"/' nodes.json
echo "\$ export PACKAGE_SANDBOX_FAULTS=faults.json"
node -p 'JSON.stringify({ failedConverges: Array.from({ length: 99 }, (_, index) => index + 1) })' > faults.json
PACKAGE_SANDBOX_FAULTS=faults.json show package autoscale:update 12_04-bee || echo "(exit code $?)"
mv nodes.json.good nodes.json

say 'The failed version is gone again, and the one before serves as if nothing had been'
show package autoscale:status 12_04-bee

say 'Back to what ran before the larger instances: the same replacement'
show package autoscale:rollback 12_04-bee

say 'An image that a version launches from stays, whatever is cleaned up'
show package packer:clean -n 0 12_04-bee

say 'The workers and their images go again'
show package autoscale:delete 12_04-bee --yes
show package packer:clean -n 0 12_04-bee

say 'A deploy: three instances get the same bundle over SSH, and converge, the oldest one first'
show package instance:create gossip --key key.pem --name trio --count 3
show package instance:deploy gossip --dry-run
instance=$(package instance:deploy gossip --dry-run --output json | grep -o '"id":"i-[0-9a-f]*"' | tail -1 | cut -d '"' -f 4)

say 'One of them is broken on purpose: a chef-solo that only fails is put in the way of its own'
# shellcheck disable=SC2016 # expanded on the instance
broken='case $1 in --version) echo 18.11.11 ;; *) echo "FATAL: broken by the demo"; exit 1 ;; esac'
show package instance:ssh gossip --id "$instance" --key key.pem -- \
  "sudo mkdir -p /usr/local/bin; echo '$broken' | sudo tee /usr/local/bin/chef-solo > /dev/null; sudo chmod 755 /usr/local/bin/chef-solo"
show package instance:deploy gossip --key key.pem || echo "(exit code $?)"

say 'It is mended, and only what failed is deployed to again'
show package instance:ssh gossip --id "$instance" --key key.pem -- 'sudo rm /usr/local/bin/chef-solo'
show package instance:deploy --retry-failed --key key.pem
show package instance:delete gossip --name trio --yes
