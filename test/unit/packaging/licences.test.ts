import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { build, type Rollup } from 'vite'
import { describe, expect, it } from 'vitest'
import { isPermissive } from '@main/packaging/licence-rules'
import { shippedPackages } from '@main/packaging/shipped-packages'
import { temporaryFolder } from '@test/helpers/temporary-folder'

describe('licences that may be shipped', () => {
  it.each(['MIT', 'Apache-2.0', '(MIT OR GPL-3.0)', 'MIT AND ISC', 'OFL-1.1'])('%s', (licence) => {
    expect(isPermissive(licence)).toBe(true)
  })
  it.each(['GPL-3.0', 'LGPL-2.1-only', 'MPL-2.0', 'MIT AND GPL-2.0', '', 'SEE LICENSE IN x', 'UNLICENSED'])(
    'not "%s"',
    (licence) => {
      expect(isPermissive(licence)).toBe(false)
    }
  )
})

describe('the list of what is shipped', () => {
  const project = (licence: string) => {
    const folder = temporaryFolder()
    const put = (path: string, text: string) => {
      mkdirSync(join(folder.path, path, '..'), { recursive: true })
      writeFileSync(join(folder.path, path), text)
    }
    const put1 = (name: string, rest: object) =>
      put(`node_modules/${name}/package.json`, JSON.stringify({ name, version: '1.2.3', main: 'index.js', ...rest }))
    put('package.json', '{ "name": "test" }')
    put('main.js', 'import inside from "@one/inside"; console.log(inside)')
    put1('@one/inside', { license: licence })
    put('node_modules/@one/inside/index.js', 'export default 1')
    put('node_modules/@one/inside/LICENSE.txt', 'Do what you like\n')
    put1('beside', { license: 'ISC', dependencies: { needed: '1' } })
    put1('needed', { license: 'MIT' })
    put1('tool', { license: 'GPL-3.0' })
    return folder
  }
  const buildOf = async (root: string) => {
    const built = await build({
      root,
      configFile: false,
      logLevel: 'silent',
      plugins: [shippedPackages({ root, outside: ['beside'] })],
      build: { write: false, lib: { entry: join(root, 'main.js'), formats: ['es'] } },
    })
    const { output } = (Array.isArray(built) ? built[0] : built) as Rollup.RollupOutput
    const file = output.find(({ fileName }) => fileName === 'licences.json')
    return file?.type === 'asset' ? (JSON.parse(String(file.source)) as unknown) : null
  }

  it('names what is in the bundle and what comes beside it with its needs, and no tool', async () => {
    const folder = project('MIT')
    expect(await buildOf(folder.path)).toEqual([
      { name: '@one/inside', version: '1.2.3', licence: 'MIT', text: 'Do what you like' },
      { name: 'beside', version: '1.2.3', licence: 'ISC', text: '' },
      { name: 'needed', version: '1.2.3', licence: 'MIT', text: '' },
    ])
    folder.remove()
  })

  it('ends the build when a licence asks for more than its text to come along', async () => {
    const folder = project('LGPL-3.0-or-later')
    await expect(buildOf(folder.path)).rejects.toThrow('@one/inside (LGPL-3.0-or-later)')
    folder.remove()
  })
})
