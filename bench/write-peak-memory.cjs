// Preloaded into a measured process.
const { writeFileSync } = require('node:fs')

process.on('exit', () => writeFileSync(process.env.PEAK_MEMORY_FILE, String(process.resourceUsage().maxRSS)))
