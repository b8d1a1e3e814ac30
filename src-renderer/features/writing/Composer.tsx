import { ActionIcon, Button, Tooltip } from '@mantine/core'
import {
  IconArrowUp,
  IconListSearch,
  IconPlayerStop,
  IconPlayerTrackNext,
  IconRefresh,
  IconTemplate,
} from '@tabler/icons-react'
import { lazy, memo, Suspense, useState, type KeyboardEvent, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { PASSAGE_LIMIT, type Message, type Story } from '@contract/entities/story'
import { useErrorText } from '@renderer/components/error-text'
import { GrowingTextarea } from '@renderer/components/GrowingTextarea'
import { AskedRoles } from './AskedRoles'
import { ComposerButton } from './ComposerButton'
import { useTurnRunning } from './use-turn'
import { useWriting } from './writing-context'
import type { TurnCommands } from './use-turn-commands'
import { useInspector } from '@renderer/stores/ui-inspector'
import { useTemplateDialog } from '@renderer/stores/template-dialog'
import { useDraftStore } from '@renderer/stores/writing-draft'
import { StartError } from './StartError'
import { useDraft } from './composer-drafts'
import classes from './Composer.module.css'

// Few pages use a template: its form and cards come when one is.
const TemplateDialog = lazy(async () => ({ default: (await import('./TemplateDialog')).TemplateDialog }))

export interface ComposerProps {
  story: Story
  last: Message | undefined
  commands: TurnCommands
  field: RefObject<HTMLTextAreaElement | null>
  /** The words went off; the page shows its end. */
  onSent: () => void
}

/** Where the writer writes what happens next. */
export const Composer = memo(function Composer({ story, last, commands, field, onSent }: ComposerProps) {
  const { t } = useTranslation('writing')
  const inspector = useTranslation('inspector').t
  const generations = useTranslation('generations').t
  const errorText = useErrorText()
  const draft = useDraft(story.id, story.draft)
  const running = useTurnRunning(story.id)
  const { retry, goOn } = useWriting()
  const { starting } = commands
  // The keys for undo belong to the field while words were typed into it, and to the story otherwise.
  const [typed, setTyped] = useState(false)
  const busy = running || starting
  const template = useTemplateDialog(({ opened }) => (opened?.storyId === story.id ? opened : null))

  const send = async () => {
    if (busy) return
    const sent = draft.text
    if (!(await commands.start({ kind: 'send', text: sent.trim() }))) return
    // What was typed while the turn was being started stays.
    const now = useDraftStore.getState().drafts[story.id] ?? sent
    draft.write(now.startsWith(sent) ? now.slice(sent.length).trimStart() : now)
    draft.save()
    setTyped(false)
    onSent()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    // An Enter that ends the choice of a composed character belongs to the input method.
    if (event.key !== 'Enter' || event.shiftKey || event.nativeEvent.isComposing) return
    event.preventDefault()
    void send()
  }

  return (
    <>
      <form
        className={classes.composer}
        aria-label={t('composer.label')}
        onSubmit={(event) => {
          event.preventDefault()
          if (running) commands.stop()
          else void send()
        }}
      >
        {commands.error !== null && !running && <StartError error={commands.error} story={story} />}
        <GrowingTextarea
          ref={field}
          className={classes.field}
          aria-label={t('composer.field')}
          placeholder={t(last ? 'composer.next' : 'composer.first')}
          rows={1}
          value={draft.text}
          maxLength={PASSAGE_LIMIT}
          spellCheck
          data-undoes-story={!typed || undefined}
          onChange={(event) => {
            setTyped(true)
            draft.write(event.currentTarget.value)
          }}
          onBlur={draft.save}
          onKeyDown={onKeyDown}
        />
        {draft.state === 'failed' && (
          <p className={classes.unsaved} role="alert">
            {t('composer.unsaved', { reason: errorText(draft.error).what })}
          </p>
        )}
        <div className={classes.actions}>
          <ComposerButton
            label={t('composer.retry')}
            help={t('composer.retryHelp')}
            icon={<IconRefresh size={16} aria-hidden />}
            disabled={busy || !last}
            onClick={retry}
          />
          <ComposerButton
            label={t('composer.continue')}
            help={t('composer.continueHelp')}
            icon={<IconPlayerTrackNext size={16} aria-hidden />}
            disabled={busy || last?.author !== 'story'}
            onClick={goOn}
          />
          <AskedRoles storyId={story.id} asked={commands.asked} disabled={busy} onChange={commands.ask} />
          <Tooltip label={inspector('dryRun.command')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              className={classes.quiet}
              aria-label={inspector('dryRun.command')}
              onClick={() => useInspector.getState().show({ kind: 'dryRun', storyId: story.id })}
            >
              <IconListSearch size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Tooltip label={generations('dialog.title')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              size={36}
              className={classes.quiet}
              aria-label={generations('dialog.title')}
              onClick={() => useTemplateDialog.getState().open(story.id)}
            >
              <IconTemplate size={16} aria-hidden />
            </ActionIcon>
          </Tooltip>
          <Button
            type="submit"
            className={classes.send}
            classNames={{ section: classes.sendIcon, label: classes.sendWord }}
            variant={running ? 'default' : 'filled'}
            leftSection={running ? <IconPlayerStop size={16} aria-hidden /> : <IconArrowUp size={16} aria-hidden />}
            loading={starting && !running}
          >
            {t(running ? 'composer.stop' : 'composer.send')}
          </Button>
        </div>
      </form>
      {/* Outside of the form: what is sent in the dialog is not what the composer sends. */}
      {template && (
        <Suspense fallback={null}>
          <TemplateDialog
            storyId={story.id}
            selection={template.selection}
            onTake={(text) => {
              const before = draft.text.trimEnd()
              draft.write(before === '' ? text : `${before}\n\n${text}`)
              draft.save()
            }}
          />
        </Suspense>
      )}
    </>
  )
})
