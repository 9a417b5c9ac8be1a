#!/usr/bin/env node
// Starts the bundle beside it (run.cjs) from V8's code cache, where the build left one that fits this Node: without it,
// compiling takes a third of the time of a whole run. V8 itself refuses a cache of another version or of other flags.
'use strict'

const { readFileSync } = require('node:fs')
const Module = require('node:module')
const { Script } = require('node:vm')

const filename = `${__dirname}/run.cjs`
const cacheFile = `${__dirname}/run.cache`

/** The bundle as a module that other parts of it can require; they must not get a second copy of it. */
const bundle = new Module(filename, module)
bundle.filename = filename
bundle.paths = module.paths
require.cache[filename] = bundle

// The bundle is ASCII, which is read and scanned twice as fast.
const script = new Script(Module.wrap(readFileSync(filename, 'latin1')), { filename, cachedData: cached() })
script.runInThisContext()(bundle.exports, Module.createRequire(filename), bundle, filename, __dirname)
bundle.loaded = true

// The build runs typical commands like this, so that the cache holds what they need.
if (process.env.PACKAGE_WRITE_CODE_CACHE) {
  process.on('exit', () => require('node:fs').writeFileSync(cacheFile, script.createCachedData()))
}

function cached() {
  try {
    return readFileSync(cacheFile)
  } catch {
    return undefined
  }
}
