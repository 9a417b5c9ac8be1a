#!/bin/sh
# Sets everything up from nothing, then runs all tests. Words are passed on to vitest: npm test -- packages/core
set -eu
cd -- "$(dirname -- "$0")/.."
# Where pyenv keeps Python, only login shells have its programs (aws-cli, moto) on the PATH.
shims="${PYENV_ROOT:-${HOME:-}/.pyenv}/shims"
if [ -d "$shims" ]; then PATH="$shims:$PATH"; fi
sh scripts/setup.sh
sh scripts/setup-tools.sh
exec node_modules/.bin/vitest run "$@"
