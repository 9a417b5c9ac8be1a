#!/bin/sh
# What the checks of the cookbooks need beside Chef: ChefSpec and cookstyle, in .tools/cookbook-gems. Safe to run twice.
# Chef itself is that of setup-tools.sh, so that cookbooks are tried on the version that they are said to run on.
set -eu
cd -- "$(dirname -- "$0")/.."

gems='cookstyle:9.0.0 fauxhai-chef:9.4.22 rspec:3.12.0 rspec-core:3.12.3 chefspec:9.3.8'
tools=$PWD/.tools
if [ "$(cat "$tools/cookbook-gems/pinned" 2> /dev/null)" = "$gems" ]; then exit 0; fi

missing() {
  echo "setup:cookbook-tools: ChefSpec is missing: $1" >&2
  if [ "${REQUIRE_TOOLS:-0}" = 1 ]; then exit 1; fi
  exit 0
}

[ -x "$tools/chef/bin/chef-solo" ] || sh scripts/setup-tools.sh
[ -x "$tools/chef/bin/chef-solo" ] || missing 'there is no Chef'
echo "setup:cookbook-tools: $gems (a minute)"
new=$tools/cookbook-gems-new
rm -rf "$new"
# The gems of Chef are in the path, so that its pinned version serves and no newer one comes along.
# shellcheck disable=SC2086 # a list of words
GEM_HOME="$new" GEM_PATH="$new:$tools/chef" gem install --no-document --silent --conservative --bindir "$new/bin" $gems \
  > "$tools/cookbook-gems.log" 2>&1 || missing 'see .tools/cookbook-gems.log'
printf '%s\n' "$gems" > "$new/pinned"
rm -rf "$tools/cookbook-gems"
mv "$new" "$tools/cookbook-gems"
