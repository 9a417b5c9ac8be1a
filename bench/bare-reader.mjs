// The bare Node script that nodes:validate is measured against: it reads and parses, and believes everything.
import { readFileSync } from 'node:fs'

JSON.parse(readFileSync('nodes.json', 'utf8'))
