#!/bin/sh
# Everything that the checkout needs to run: dependencies by the pinned pnpm, and the built CLI. Nothing of the system
# is changed, and nothing is done twice.
set -eu
cd -- "$(dirname -- "$0")/.."

node -e 'const [major, minor] = process.versions.node.split(".").map(Number); process.exit(major > 20 || (major === 20 && minor >= 19) ? 0 : 1)' ||
  { echo "setup: Node 20.19 or newer is needed; this is $(node --version)" >&2; exit 1; }

installed=node_modules/.installed-lockfile
if ! cmp -s pnpm-lock.yaml "$installed"; then
  pnpm=$(node -p 'require("./package.json").packageManager')
  CI=true npx --yes "$pnpm" install --frozen-lockfile
  cp pnpm-lock.yaml "$installed"
fi

scripts/is-built.sh || node scripts/build.mjs
