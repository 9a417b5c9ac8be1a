#!/bin/sh
# Everything that can be known without running the code: types, lint, import rules, unused code, format.
set -eu
cd -- "$(dirname -- "$0")/.."
sh scripts/setup.sh
PATH="$PWD/node_modules/.bin:$PATH"
tsc --build
tsc --project tsconfig.tests.json
oxlint --type-aware --deny-warnings
depcruise --config .dependency-cruiser.mjs packages
knip
prettier --check --log-level warn .
