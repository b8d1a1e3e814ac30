import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { beforeEach, describe, expect, it } from 'vitest'
import { StoryId } from '@contract/ids'
import { TemplateDialog } from '@renderer/features/writing/TemplateDialog'
import { SelectionMenu } from '@renderer/features/writing/SelectionMenu'
import { useTemplateDialog } from '@renderer/stores/template-dialog'
import { createInMemoryBridge } from '@test/component/in-memory-bridge'
import { expectNoAxeViolations, renderWith } from '@test/component/render'
import { generation, keptGenerations } from '@test/component/templates/made-generations'
import { content, idOf, keptTemplates, template, textVariable } from '@test/component/templates/made-templates'

const storyId = StoryId.parse(idOf(40))

beforeEach(() => useTemplateDialog.setState({ selected: '', opened: null }))

const select = (element: Element) => {
  const range = document.createRange()
  range.selectNodeContents(element)
  window.getSelection()?.removeAllRanges()
  window.getSelection()?.addRange(range)
  document.dispatchEvent(new Event('selectionchange'))
}

describe('Generating with a template in the writing view', () => {
  it('takes what is selected as a value, reads the story, and puts the answer where the writer writes', async () => {
    const taken: string[] = []
    const answer = generation(90, { format: 'text', value: null, text: 'The oar broke.', schema: null, storyId })
    const bridge = createInMemoryBridge({
      ...keptTemplates([
        template(1, 'Character', { group: 'world' }),
        template(2, 'Beat', { group: 'page', content: content({ variables: [textVariable('what')] }) }),
      ]),
      ...keptGenerations([], answer),
    })
    const { user } = renderWith(
      bridge,
      <TemplateDialog storyId={storyId} selection="The ferry waits." onTake={(text) => taken.push(text)} />
    )
    const dialog = await screen.findByRole('dialog', { name: 'Generate with a template' })
    await user.click(await within(dialog).findByRole('button', { name: 'What: take what is selected in the story' }))
    await user.click(within(dialog).getByRole('button', { name: 'Generate' }))
    await waitFor(() =>
      expect(bridge.inputsOf('generations.start')).toMatchObject([
        { templateId: idOf(2), inputs: { what: 'The ferry waits.' }, storyId, selection: 'The ferry waits.' },
      ])
    )
    await expectNoAxeViolations()
    await user.click(await within(dialog).findByRole('button', { name: 'Into the composer' }))
    expect(taken).toEqual(['The oar broke.'])
  })

  it('is offered beside words that are selected in the story, and not beside others', async () => {
    const bridge = createInMemoryBridge({})
    const { user } = renderWith(
      bridge,
      <>
        <p data-story-text>The ferry waits.</p>
        <p>Elsewhere</p>
        <SelectionMenu storyId={storyId} />
      </>
    )
    Range.prototype.getBoundingClientRect = () => new DOMRect(10, 50, 100, 20)
    select(screen.getByText('Elsewhere'))
    fireEvent.pointerUp(document)
    expect(screen.queryByRole('button')).toBeNull()
    select(screen.getByText('The ferry waits.'))
    fireEvent.pointerUp(document)
    await user.click(await screen.findByRole('button', { name: 'Generate with a template' }))
    expect(useTemplateDialog.getState().opened).toEqual({ storyId, selection: 'The ferry waits.' })
  })
})
