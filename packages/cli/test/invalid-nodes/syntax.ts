import { group, type InvalidNodes } from './case.ts'

export const syntax: InvalidNodes[] = [
  {
    name: 'single quotes',
    text: `{\n  "web": { "description": 'x' }\n}`,
    at: '2:27',
    says: 'double quotes, not single',
  },
  { name: 'a trailing comma in an object', text: '{\n  "web": {},\n}', at: '3:1', says: 'a comma too many' },
  {
    name: 'a trailing comma in a list',
    text: group('"zones": ["us-east-1a",]'),
    at: '3:28',
    says: 'a comma too many',
  },
  { name: 'a missing comma', text: '{\n  "a": {}\n  "b": {}\n}', at: '3:3', says: 'a comma is missing' },
  { name: 'a missing colon', text: group('"count" 3'), at: '3:13', says: 'colon is missing' },
  { name: 'a missing value', text: group('"count": '), at: '4:3', says: 'a value is expected' },
  { name: 'a key without quotes', text: group('count: 3'), at: '3:5', says: 'stand in double quotes' },
  { name: 'a word that is no value', text: group('"elastic_ip": yes'), at: '3:19', says: 'found "yes"' },
  { name: 'a comment', text: '{\n  // groups\n  "web": {}\n}', at: '2:3', says: 'JSON has no comments' },
  { name: 'an unclosed string', text: group('"region": "us-east-1'), at: '3:15', says: 'no closing quote' },
  {
    name: 'an escape that does not exist',
    text: group('"description": "C:\\web"'),
    at: '3:20',
    says: 'backslash itself',
  },
  {
    name: 'a control character',
    text: group('"description": "a\tb"'),
    at: '3:20',
    says: 'control character',
  },
  { name: 'a file cut short', text: '{\n  "web": {', at: '2:11', says: 'ends too early' },
  { name: 'text after the end', text: '{}\n{}', at: '2:1', says: 'should end here' },
  { name: 'a list instead of an object', text: '[]', at: '1:1', says: 'must be one object' },
  {
    name: 'nesting without end',
    text: group(`"default_attributes": ${'{"a":'.repeat(200)}1${'}'.repeat(200)}`),
    at: '3:517',
    says: 'deeper than 100',
  },
  {
    name: 'a number too large to keep',
    text: group('"default_attributes": { "id": 12345678901234567890 }'),
    at: '3:35',
    pointer: '/web/default_attributes/id',
    says: 'write it as a string',
  },
  {
    name: 'a number beyond all numbers',
    text: group('"default_attributes": { "id": 1e999 }'),
    at: '3:35',
    says: 'write it as a string',
  },
]
