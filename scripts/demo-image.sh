#!/bin/sh
# Makes an image of a group in the project's sandbox without Packer: an instance, CreateImage, and the tags of a build.
# Usage: demo-image.sh <checkout> <group>
set -eu
checkout=$1
group=$2
package() { "$checkout/bin/package" "$@"; }
package instance:create "$group" --key key.pem --name builder --count 1 > /dev/null
instance=$(package instance:list "$group" --output json | sed -n 's/.*"id":"\(i-[0-9a-f]*\)".*/\1/p')
# Not by the function: its process would be a shell, which does not pass on the signal.
"$checkout/bin/package" sandbox:serve --port 0 --speed 1000 --output json > serve.log &
server=$!
trap 'kill "$server"; wait "$server" || true' EXIT
until grep -q SERVING serve.log; do sleep 0.1; done
url=$(sed -n 's/.*"data":{"url":"\([^"]*\)".*/\1/p' serve.log | head -n 1)
node - "$url" "$instance" "$group" <<'CALL'
const [url, instance, group] = process.argv.slice(2)
const project = JSON.parse(require('node:fs').readFileSync('nodes.json', 'utf8')).__settings__.project
const tags = { group, 'package:project': project }
const form = new URLSearchParams({ Action: 'CreateImage', Version: '2016-11-15', InstanceId: instance, Name: `${group} demo` })
form.set('TagSpecification.1.ResourceType', 'image')
Object.entries(tags).forEach(([key, value], index) => {
  form.set(`TagSpecification.1.Tag.${index + 1}.Key`, key)
  form.set(`TagSpecification.1.Tag.${index + 1}.Value`, value)
})
const scope = 'Credential=demo/20260101/us-east-1/ec2/aws4_request'
fetch(url, {
  method: 'POST',
  headers: { authorization: `AWS4-HMAC-SHA256 ${scope}, SignedHeaders=host, Signature=demo` },
  body: form,
}).then(async (answer) => {
  if (!answer.ok) throw new Error(await answer.text())
})
CALL
package instance:delete "$group" --name builder --yes > /dev/null
