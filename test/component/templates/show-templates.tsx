import { Route } from 'wouter'
import { TemplateId } from '@contract/ids'
import { TemplatesScreen } from '@renderer/features/templates/TemplatesScreen'
import { createInMemoryBridge, type Handlers } from '@test/component/in-memory-bridge'
import { renderWith } from '@test/component/render'

/** The screen at an address, as the frame shows it: `ID/variables`. */
export function showTemplates(handlers: Handlers, place: string, language: 'en' | 'ru' = 'en') {
  const bridge = createInMemoryBridge(handlers)
  window.location.hash = `/templates/${place}`
  const screen = (
    <Route path="/templates/:id?/:tab?">
      {({ id, tab }) => <TemplatesScreen templateId={TemplateId.safeParse(id).data} tab={tab} />}
    </Route>
  )
  return { bridge, ...renderWith(bridge, screen, language) }
}
