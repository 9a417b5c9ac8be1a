// The bare Node script that nodes:validate is measured against: it reads, parses, and asks the same schema whether all
// is well. It knows no positions, no duplicate keys, no merge, and no rule beyond the schema.
import { readFileSync } from 'node:fs'

import isValidNodes from '../packages/core/src/groups/generated/is-valid-nodes.js'

if (!isValidNodes(JSON.parse(readFileSync('nodes.json', 'utf8')))) throw new Error('nodes.json is not valid')
