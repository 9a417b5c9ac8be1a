#!/bin/sh
# Runs a program of a pinned gem with the gems of Chef and of the checks, and no others of this machine:
# cookbook-gem.sh PROGRAM VERSION [words]
set -eu
tools=$(cd -- "$(dirname -- "$0")/../.tools" && pwd)
export GEM_HOME="$tools/cookbook-gems" GEM_PATH="$tools/cookbook-gems:$tools/chef" CHEF_LICENSE=accept-no-persist
program=$1 version=$2
shift 2
# Where Chef's own gems have the version already, it is there.
for bin in "$tools/cookbook-gems/bin" "$tools/chef/bin"; do
  if [ -x "$bin/$program" ]; then exec ruby "$bin/$program" "_${version}_" "$@"; fi
done
echo "cookbook-gem: $program is missing; sh scripts/setup-cookbook-tools.sh" >&2
exit 1
