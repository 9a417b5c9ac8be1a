#!/usr/bin/env node
// Starts the bundle beside it (run.cjs and the chunks that it loads) from V8's code cache, where the build left one that
// fits this Node: without it, compiling takes a third of the time of a whole run. V8 itself refuses a cache of another
// version or of other flags.
'use strict'

const { readFileSync } = require('node:fs')
const { createRequire, wrap } = require('node:module')
const { Script } = require('node:vm')

const requireOther = createRequire(__filename)
const loaded = new Map()

// The build runs typical commands like this, so that the caches hold what they need.
if (process.env.PACKAGE_WRITE_CODE_CACHE) process.on('exit', writeCaches)

load('./run.cjs')

function load(id) {
  const known = loaded.get(id)
  if (known) return known.module.exports
  const filename = `${__dirname}/${id.slice(2)}`
  // The bundle is ASCII, which is read and scanned twice as fast.
  const source = wrap(readFileSync(filename, 'latin1'))
  const script = new Script(source, { filename, cachedData: cached(`${filename}.cache`) })
  const module = { exports: {}, filename }
  loaded.set(id, { module, script, filename, isNew: script.cachedDataRejected !== false })
  script.runInThisContext()(module.exports, requireFromBundle, module, filename, __dirname)
  return module.exports
}

function requireFromBundle(id) {
  return id.startsWith('./') && id.endsWith('.cjs') ? load(id) : requireOther(id)
}

function cached(path) {
  try {
    return readFileSync(path)
  } catch {
    return undefined
  }
}

function writeCaches() {
  const { writeFileSync } = require('node:fs')
  for (const { script, filename, isNew } of loaded.values()) {
    if (isNew) writeFileSync(`${filename}.cache`, script.createCachedData())
  }
}
