#!/bin/sh
# Everything that can be known of the cookbooks without changing a machine: style, ChefSpec, and a why-run by real Chef.
set -eu
cd -- "$(dirname -- "$0")/.."
sh scripts/setup-cookbook-tools.sh
if [ ! -x .tools/cookbook-gems/bin/rspec ]; then
  echo 'check:cookbooks: skipped, the tools are missing' >&2
  exit 0
fi
gem="sh $PWD/scripts/cookbook-gem.sh"
cd cookbooks
# shellcheck disable=SC2086 # two words
$gem cookstyle 9.0.0 --format quiet .
# shellcheck disable=SC2086
$gem rspec 3.12.3
cd ..
sh scripts/why-run-cookbooks.sh
# The other systems' cookbooks come later.
bin/package nodes:validate --cookbooks 12_04-bee 12_04-www ftp-listener ftp-processor > /dev/null 2>&1 ||
  bin/package nodes:validate --cookbooks 12_04-bee 12_04-www ftp-listener ftp-processor
