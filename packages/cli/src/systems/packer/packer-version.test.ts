import { expect, test } from 'vitest'

import { hasAmazonPlugin, isTooOld, needsAmazonPlugin, packerVersion } from './packer-version.ts'

test.each([
  ['Packer v1.6.6\n', '1.6.6'],
  ['Packer v1.11.2\n\nYour version of Packer is out of date!', '1.11.2'],
  ['Packer v1.7.0-dev (abc)', '1.7.0'],
  ['0 0\n', undefined], // cracklib's
  ['', undefined],
])('%j', (output, version) => {
  expect(packerVersion(output)).toBe(version)
})

test.each([
  ['1.6.5', true, false],
  ['0.12.3', true, false],
  ['1.6.6', false, false],
  ['1.9.5', false, false],
  ['1.10.0', false, true],
  ['2.0.0', false, true],
])('%s', (version, old, needsPlugin) => {
  expect(isTooOld(version)).toBe(old)
  expect(needsAmazonPlugin(version)).toBe(needsPlugin)
})

test('the Amazon plugin among those installed', () => {
  const folder = '/root/.config/packer/plugins/github.com/hashicorp'
  expect(hasAmazonPlugin(`${folder}/amazon/packer-plugin-amazon_v1.3.2_x5.0_linux_amd64\n`)).toBe(true)
  expect(hasAmazonPlugin(`${folder}/docker/packer-plugin-docker_v1.0.0_x5.0_linux_amd64\n`)).toBe(false)
})
