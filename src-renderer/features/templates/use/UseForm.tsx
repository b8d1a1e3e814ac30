import { Alert, Button, Select } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop, IconStack2 } from '@tabler/icons-react'
import { useEffect, useEffectEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Template } from '@contract/entities/template'
import { StoryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { PromptPreview } from '@renderer/domain/generation/PromptPreview'
import { useTemplateRun } from '@renderer/domain/generation/use-template-run'
import { focusProblem, TemplateForm } from '@renderer/domain/template-form/TemplateForm'
import { useTemplateUseStore } from '@renderer/stores/template-use'
import { BatchDialog } from './BatchDialog'
import { useShown } from './use-shown'
import classes from './UseTab.module.css'

/** What goes in, what would be sent, and the button that sends it. */
export function UseForm({ template }: { template: Template }) {
  const { t } = useTranslation('generations')
  const form = useRef<HTMLFormElement>(null)
  const [batch, setBatch] = useState(false)
  const stories = useRoute('stories.list', {}).data?.filter(({ archived }) => !archived) ?? []
  const chosen = useTemplateUseStore((state) => state.storyId)
  const storyId = stories.some(({ id }) => id === chosen) ? chosen : null
  const run = useTemplateRun({ id: template.id, content: template.content, storyId })
  const { show, running } = useShown(template.id)
  const stop = useCommand('generations.stop', { onError: notifyError })

  const generate = async () => {
    const id = await run.start((problems) => focusProblem(form.current, problems))
    if (id) show([id])
  }
  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return
    if (!(event.target instanceof Node) || !form.current?.contains(event.target)) return
    event.preventDefault()
    if (!running) void generate()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKeyDown(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  if (!run.values) return <LoadingRows rows={4} height={56} />
  return (
    <>
      <form
        ref={form}
        className={classes.form}
        aria-label={t('use.label')}
        onSubmit={(event) => {
          event.preventDefault()
          if (running) stop.mutate({ id: running })
          else void generate()
        }}
      >
        {template.draft && (
          <Alert variant="light" color="gray" p="xs">
            {template.version === 0 ? t('use.draftStarter') : t('use.draft', { number: template.version })}
          </Alert>
        )}
        {template.content.variables.length === 0 ? (
          <p className={classes.soft}>{t('use.noVariables')}</p>
        ) : (
          <TemplateForm
            variables={template.content.variables}
            values={run.values}
            problems={run.problems}
            onChange={run.put}
          />
        )}
        {stories.length > 0 && (
          <Select
            label={t('use.story')}
            description={t('use.storyHelp')}
            searchable
            allowDeselect={false}
            data={[
              { value: '', label: t('use.noStory') },
              ...stories.map(({ id, title }) => ({ value: id, label: title })),
            ]}
            value={storyId ?? ''}
            onChange={(value) => useTemplateUseStore.getState().choose(StoryId.safeParse(value).data ?? null)}
          />
        )}
        <PromptPreview preview={run.preview} values={run.values} />
        <div className={classes.foot}>
          <Button
            type="submit"
            variant={running ? 'default' : 'filled'}
            loading={run.starting}
            aria-keyshortcuts="Control+Enter Meta+Enter"
            leftSection={
              running ? <IconPlayerStop size={16} aria-hidden /> : <IconPlayerPlay size={16} stroke={1.6} aria-hidden />
            }
          >
            {t(running ? 'use.stop' : 'use.generate')}
          </Button>
          <Button
            variant="default"
            leftSection={<IconStack2 size={16} stroke={1.6} aria-hidden />}
            onClick={() => setBatch(true)}
          >
            {t('use.batch')}
          </Button>
        </div>
      </form>
      {batch && (
        <BatchDialog template={template} values={run.values} storyId={storyId} onClose={() => setBatch(false)} />
      )}
    </>
  )
}
