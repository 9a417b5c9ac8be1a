#!/bin/sh
# Sets everything up from nothing, then runs all tests. Words are passed on to vitest: npm test -- packages/core
set -eu
cd -- "$(dirname -- "$0")/.."
sh scripts/setup.sh
sh scripts/setup-tools.sh
exec node_modules/.bin/vitest run "$@"
