import { describe, expect, it } from 'vitest'
import { parseLaunchOptions } from '@main/launch/options'

const env = { INIT_CWD: '/home/writer' }

describe('launch options', () => {
  it('open the desktop app by default', () => {
    expect(parseLaunchOptions([], env)).toEqual({
      shell: 'desktop',
      dataDir: undefined,
      port: undefined,
      open: true,
      newKey: undefined,
      mayManage: false,
    })
  })

  it('are all taken', () => {
    const args = ['--shell=browser', '--data-dir=/data', '--port=8080', '--no-open']
    expect(parseLaunchOptions(args, env)).toMatchObject({
      shell: 'browser',
      dataDir: '/data',
      port: 8080,
      open: false,
    })
    expect(parseLaunchOptions(['--shell=gateway', '--new-key=My laptop'], env)).toMatchObject({
      shell: 'gateway',
      newKey: 'My laptop',
      mayManage: false,
    })
    const managing = ['--shell=gateway', '--may-manage', '--new-key=My laptop']
    expect(parseLaunchOptions(managing, env)).toMatchObject({ newKey: 'My laptop', mayManage: true })
  })

  it('mean a relative folder from where the user stands, not from where npm goes', () => {
    expect(parseLaunchOptions(['--data-dir=stories'], env).dataDir).toBe('/home/writer/stories')
    expect(parseLaunchOptions([], { ...env, FABULA_DATA_DIR: 'stories' }).dataDir).toBe('/home/writer/stories')
  })

  it('win over the environment', () => {
    expect(parseLaunchOptions(['--data-dir=/a'], { ...env, FABULA_DATA_DIR: '/b' }).dataDir).toBe('/a')
  })

  it('keep an equals sign in a folder name', () => {
    expect(parseLaunchOptions(['--data-dir=/a=b'], env).dataDir).toBe('/a=b')
  })

  it.each([
    [
      '--color=red',
      '--shell=desktop|browser|gateway, --data-dir=DIR, --port=N, --no-open, --new-key=NAME, --may-manage',
    ],
    ['stories', '--data-dir=DIR'],
    ['--no-open=yes', '--no-open'],
    ['--shell=web', 'desktop, browser or gateway'],
    ['--shell', 'desktop, browser or gateway'],
    ['--new-key=laptop', '--shell=gateway'],
    ['--new-key= ', '--new-key=laptop'],
    ['--may-manage', '--new-key=NAME'],
    ['--may-manage=yes', '--may-manage'],
    ['--data-dir=', '--data-dir=stories'],
    ['--data-dir', '--data-dir=stories'],
    ['--port=', '--port=8080'],
    ['--port=65536', '65535'],
    ['--port=-1', '--port=8080'],
    ['--port=1e3', '--port=8080'],
  ])('refuse %s, saying what is known', (arg, known) => {
    expect(() => parseLaunchOptions([arg], env)).toThrow(known)
  })
})
