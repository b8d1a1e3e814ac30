import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import type { RoleId, StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PromptSent } from '@renderer/domain/inspector/PromptSent'
import { PAUSE_MS, useNextTurn } from '@renderer/domain/inspector/use-next-turn'
import classes from './RolePrompt.module.css'
import { UnfoldButton } from './UnfoldButton'

interface Props {
  role: RoleId
  /** The role works after turns, and not in them. */
  afterTurn: boolean
  roleName: string
  /** As it is typed. */
  text: string
  /** Null: the writer chooses the story. */
  storyId: StoryId | null
}

/** What the role would be sent in the next turn of a story if its prompt was this one; no model is asked. */
export function PromptTrial({ storyId, ...of }: Props) {
  const { t } = useTranslation('prompts')
  const [isShown, setShown] = useState(false)
  return (
    <>
      <UnfoldButton isShown={isShown} hide={t('trial.hide')} show={t('trial.show')} onChange={setShown} />
      {isShown && (
        <section className={classes.trial} aria-label={t('trial.title')}>
          {storyId === null ? <ChosenStory {...of} /> : <TrialIn {...of} storyId={storyId} />}
        </section>
      )}
    </>
  )
}

/** In a preset any story may show what becomes of the prompt: the newest one, until the writer takes another. */
function ChosenStory(of: Omit<Props, 'storyId'>) {
  const { t } = useTranslation('prompts')
  const [chosen, setChosen] = useState<string | null>(null)
  const stories = useRoute('stories.list', {}).data?.filter(({ archived }) => !archived)
  if (!stories) return <LoadingRows rows={4} height={28} />
  const story = stories.find(({ id }) => id === chosen) ?? stories[0]
  if (!story) return <p className={classes.said}>{t('trial.noStory')}</p>
  return (
    <>
      <Select
        size="xs"
        label={t(of.afterTurn ? 'trial.storyAfter' : 'trial.story')}
        allowDeselect={false}
        searchable={stories.length > 12}
        limit={100}
        value={story.id}
        data={stories.map(({ id, title }) => ({ value: id, label: title }))}
        onChange={setChosen}
      />
      <TrialIn key={story.id} {...of} storyId={story.id} />
    </>
  )
}

type OfStory = Omit<Props, 'storyId'> & { storyId: StoryId }

const TrialIn = (of: OfStory) => (of.afterTurn ? <TrialAfterTurn {...of} /> : <Trial {...of} />)

/** What would be sent for the next summary. */
function TrialAfterTurn({ text, storyId }: OfStory) {
  const { t } = useTranslation('prompts')
  const [shown] = useDebouncedValue(text, PAUSE_MS)
  const fits = shown.length <= LONGEST_TEMPLATE
  const plan = useRoute(
    'summaries.plan',
    { storyId, prompt: fits ? shown : '' },
    { enabled: fits, gcTime: 0, placeholderData: keepPreviousData }
  )
  if (!fits) return null
  if (plan.error) return <ErrorNotice error={plan.error} />
  if (plan.data === undefined) return <LoadingRows rows={4} height={28} />
  if (plan.data === null) return <p className={classes.said}>{t('trial.nothingToTell')}</p>
  const { model, provider, parts, window, answer, messages } = plan.data
  return (
    <>
      <p className={classes.said}>{t('trial.askedAfter', { model, provider })}</p>
      <PromptSent parts={parts} window={window} answer={answer} messages={messages} />
    </>
  )
}

function Trial({ role, roleName, text, storyId }: OfStory) {
  const { t } = useTranslation('prompts')
  const [shown] = useDebouncedValue(text, PAUSE_MS)
  const {
    line,
    roles: { roles: asked = [] },
  } = useNextTurn(storyId)
  const fits = shown.length <= LONGEST_TEMPLATE
  const plan = useRoute(
    'turns.plan',
    // A role that does not work at every turn is shown at work.
    {
      storyId,
      kind: 'send',
      text: line,
      roles: [...new Set([...asked, role])],
      prompts: { [role]: fits ? shown : '' },
    },
    { enabled: fits, gcTime: 0, placeholderData: keepPreviousData }
  )
  // What is wrong with the prompt itself stands above, in its own words.
  if (!fits) return null
  if (plan.error) return <ErrorNotice error={plan.error} />
  if (!plan.data) return <LoadingRows rows={4} height={28} />
  const step = plan.data.find((planned) => planned.role === role)
  if (!step) return <p className={classes.said}>{t('trial.notTaken', { role: roleName })}</p>
  return (
    <>
      <p className={classes.said}>{t('trial.asked', { model: step.model, provider: step.provider })}</p>
      <PromptSent parts={step.parts} window={step.window} answer={step.answer} messages={step.messages} />
    </>
  )
}
