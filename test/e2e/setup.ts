import { afterAll } from 'vitest'
import { endChromium } from '@test/helpers/browser-app'

afterAll(() => endChromium())
