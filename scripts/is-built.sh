#!/bin/sh
# Succeeds when the bundle is there and nothing that it is made from is newer.
cd -- "$(dirname -- "$0")/.." || exit 1
bundle=packages/cli/dist/package.cjs
[ -f "$bundle" ] || exit 1
newer=$(find packages/*/src packages/*/package.json packages/core/nodes.schema.json pnpm-lock.yaml scripts/build.mjs \
  scripts/generate.mjs scripts/third-party-notices.mjs -newer "$bundle" ! -name '*.test.ts' ! -path '*/generated*' -print 2> /dev/null | head -n 1)
[ -z "$newer" ]
