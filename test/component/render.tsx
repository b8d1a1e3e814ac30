import { MantineProvider } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { QueryClientProvider } from '@tanstack/react-query'
import { render, type RenderResult } from '@testing-library/react'
import userEvent, { type UserEvent } from '@testing-library/user-event'
import axe from 'axe-core'
import type { ReactNode } from 'react'
import { I18nextProvider } from 'react-i18next'
import { Router } from 'wouter'
import { useHashLocation } from 'wouter/use-hash-location'
import { expect } from 'vitest'
import type { Language } from '@contract/values'
import { setBridge } from '@renderer/api/bridge'
import { followChanges } from '@renderer/api/changes'
import { createQueryClient } from '@renderer/api/queries'
import { Overlays } from '@renderer/app/Overlays'
import { cssVariablesResolver, theme } from '@renderer/app/theme'
import { createI18n } from '@renderer/i18n'
import type { InMemoryBridge } from '@test/component/in-memory-bridge'

/** Shows a part of the app as the frame would: with its bridge, queries, theme, language and notices. */
export function renderWith(
  bridge: InMemoryBridge,
  children: ReactNode,
  language: Language = 'en'
): RenderResult & { user: UserEvent } {
  setBridge(bridge)
  notifications.clean()
  const client = createQueryClient()
  followChanges(client)
  const result = render(
    <QueryClientProvider client={client}>
      <I18nextProvider i18n={createI18n(language)}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariablesResolver} env="test">
          <Overlays />
          <Router hook={useHashLocation}>
            <main>{children}</main>
          </Router>
        </MantineProvider>
      </I18nextProvider>
    </QueryClientProvider>
  )
  return { ...result, user: userEvent.setup() }
}

/** Fails with the rule and the element when the page would trip up someone who uses a screen reader or a keyboard. */
export async function expectNoAxeViolations(): Promise<void> {
  const { violations } = await axe.run(document.body, {
    // jsdom draws nothing, so contrast is measured in a real browser instead.
    rules: { 'color-contrast': { enabled: false }, region: { enabled: false } },
  })
  expect(violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`)).toEqual([])
}
