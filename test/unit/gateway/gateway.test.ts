import { expect, it } from 'vitest'
import { createGateway } from '@main/features/gateway/gateway'
import { listenProblem } from '@main/features/gateway/listen-problem'
import { createEventHub } from '@main/platform/event-hub'
import { silentLogger } from '@main/platform/logger'
import { testStores } from '@test/helpers/test-stores'

const gateway = ({ db, stores } = testStores()) => {
  const loadDoor = () => Promise.reject(new Error('Nothing is to listen'))
  return { db, ...createGateway({ stores, events: createEventHub(), logger: silentLogger, loadDoor }) }
}

it('whoever comes from elsewhere needs a key, whatever was chosen for this computer', async () => {
  const { change, keyNeeded } = gateway()
  expect(keyNeeded()).toBe(true)
  await change({ keyNeeded: false })
  expect(keyNeeded()).toBe(false)
  for (const address of ['0.0.0.0', '::']) {
    await change({ address })
    expect(keyNeeded()).toBe(true)
  }
  await change({ address: '::1' })
  expect(keyNeeded()).toBe(false)
})

it('settings that cannot be read leave the gateway off', async () => {
  const kept = testStores()
  await gateway(kept).change({ port: 4000 })
  const { view, start, db } = gateway(kept)
  db.prepare("UPDATE gateway SET switched_on = 1, settings = '{'").run()
  await start()
  expect(view()).toMatchObject({ switchedOn: false, url: null, problem: null, settings: { port: 11_464 } })
})

it('an address that went, and a port that the system keeps, are said so', async () => {
  const failing = (code: string) => listenProblem(Object.assign(new Error('listen'), { code }), '192.0.2.1', 1024)
  expect((await failing('EADDRNOTAVAIL')).toShape()).toMatchObject({
    code: 'gateway_address_gone',
    details: { address: '192.0.2.1' },
  })
  expect((await failing('EACCES')).toShape()).toMatchObject({
    code: 'gateway_cannot_listen',
    details: { address: '192.0.2.1', port: '1024', reason: 'EACCES' },
  })
})
