#!/bin/sh
# Real Chef's why-run of every group whose cookbooks are here, in the layout of a bundle on a node, at both stages. A
# run passes if Chef exits with 0, does nothing at `image` that belongs to `instance`, and shows no planted secret
# (a why-run shows less than a converge: that every resource with a secret hides it is ChefSpec's to see).
set -eu
cd -- "$(dirname -- "$0")/.."

chef=$PWD/.tools/chef
[ -e /etc/debian_version ] || { echo 'why-run: skipped, the recipes are for Debian and Ubuntu' >&2; exit 0; }
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The bundle of requirements: a role lies under its own name, which is where chef-solo looks for it.
bundle=$work/bundle
mkdir -p "$bundle/roles"
cp -R cookbooks data_bags nodes.json "$bundle/"
for role in roles/*.json; do cp "$role" "$bundle/roles/role-${role#roles/}"; done
GEM_HOME=$chef GEM_PATH=$chef ruby scripts/why-run-bundle.rb "$bundle" "$work/runs"

# Each run has a folder of its own for what Chef keeps, so that two can go on at once.
export GEM_HOME="$chef" GEM_PATH="$chef" CHEF_LICENSE=accept-no-persist WORK="$work"
run='
  cd "$WORK/runs/$0"
  ruby "$GEM_HOME/bin/chef-solo" --why-run --no-color --config solo.rb --json-attributes dna.json > log 2>&1
  echo "$?" > exit'
find "$work/runs" -mindepth 1 -maxdepth 1 -type d -printf '%f\n' | sort | xargs -P 2 -n 1 sh -c "$run"

passed=0
failed=0
fail() {
  echo "why-run: $1: $2" >&2
  failed=$((failed + 1))
}
for folder in "$work"/runs/*/; do
  name=$(basename "$folder")
  log=$folder/log
  if [ "$(cat "$folder/exit")" != 0 ]; then
    fail "$name" 'Chef failed'
    tail -n 40 "$log" >&2
  elif grep -rq 'planted-in-the-bundle' "$log" "$folder/cache"; then
    fail "$name" 'a secret is in the log or in what Chef keeps'
  elif ! grep -q 'resources would have been updated' "$log"; then
    fail "$name" 'that was no why-run'
  elif [ "${name##*@}" = image ] && grep -nE 'Would (start|enable|mount|fetch|restart|execute .*circusctl)' "$log" >&2; then
    fail "$name" 'does at image what belongs to instance'
  else
    echo "why-run: $name: passed"
    passed=$((passed + 1))
  fi
done
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
