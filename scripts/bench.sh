#!/bin/sh
# Measures the speed that the project promises, always beside bare Node in the same run.
set -eu
cd -- "$(dirname -- "$0")/.."
sh scripts/setup.sh
sh scripts/setup-tools.sh
sh scripts/setup-tools.sh ansible pssh sshd
exec node bench/bench.mjs "$@"
