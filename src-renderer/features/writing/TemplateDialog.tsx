import { Button, Modal, Select } from '@mantine/core'
import { IconPlayerPlay, IconPlayerStop } from '@tabler/icons-react'
import { useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { hasVersion, type Template } from '@contract/entities/template'
import { TemplateId, type GenerationId, type StoryId } from '@contract/ids'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyDone, notifyError } from '@renderer/components/notify'
import { GenerationCard } from '@renderer/domain/generation/GenerationCard'
import { PromptPreview } from '@renderer/domain/generation/PromptPreview'
import { useTemplateRun } from '@renderer/domain/generation/use-template-run'
import { focusProblem, TemplateForm } from '@renderer/domain/template-form/TemplateForm'
import { useTemplateDialog } from '@renderer/stores/template-dialog'
import classes from './TemplateDialog.module.css'

interface Props {
  storyId: StoryId
  selection: string
  /** Puts a text where the writer writes. */
  onTake: (text: string) => void
}

/** A template used from the page: its form, and what came of it, which goes into the page or the world from here. */
export function TemplateDialog({ storyId, selection, onTake }: Props) {
  const { t } = useTranslation('generations')
  const common = useTranslation('common').t
  const close = useTemplateDialog((state) => state.close)
  const templates = useRoute('templates.list', {})
  const [chosen, setChosen] = useState<TemplateId | null>(null)
  const all = templates.data?.filter(hasVersion) ?? []
  // Words for the page are what a writer on the page wants first.
  const first = all.find(({ group }) => group === 'page') ?? all[0]
  const id = chosen ?? first?.id
  const groups = ['page', 'world', 'other'] as const
  return (
    <Modal
      opened
      onClose={close}
      size={780}
      title={t('dialog.title')}
      closeButtonProps={{ 'aria-label': common('close') }}
    >
      {templates.error && <ErrorNotice error={templates.error} onRetry={() => void templates.refetch()} />}
      <div className={classes.dialog}>
        <Select
          label={t('history.template')}
          data-autofocus
          searchable
          openOnFocus={false}
          allowDeselect={false}
          nothingFoundMessage={t('form.nothing')}
          data={groups
            .map((group) => ({
              group: t(`dialog.groups.${group}`),
              items: all.filter((each) => each.group === group).map((each) => ({ value: each.id, label: each.name })),
            }))
            .filter(({ items }) => items.length > 0)}
          value={id ?? null}
          onChange={(value) => setChosen(TemplateId.safeParse(value).data ?? null)}
        />
        {id && <Chosen key={id} id={id} storyId={storyId} selection={selection} onTake={onTake} />}
      </div>
    </Modal>
  )
}

function Chosen({ id, ...rest }: Props & { id: TemplateId }) {
  const { data, error, refetch } = useRoute('templates.get', { id })
  if (error) return <ErrorNotice error={error} onRetry={() => void refetch()} />
  return data ? <Use template={data} {...rest} /> : <LoadingRows rows={3} />
}

function Use({ template, storyId, selection, onTake }: Props & { template: Template }) {
  const { t } = useTranslation('generations')
  const form = useRef<HTMLFormElement>(null)
  const formId = useId()
  const close = useTemplateDialog((state) => state.close)
  const [shown, setShown] = useState<readonly GenerationId[]>([])
  const run = useTemplateRun({ id: template.id, content: template.content, storyId, selection })
  const [last] = shown
  const running = useRoute('generations.list', { templateId: template.id, states: ['running'] }).data?.generations
  const runs = running?.find(({ id }) => id === last)?.id
  const stop = useCommand('generations.stop', { onError: notifyError })
  const generate = async () => {
    const made = await run.start((problems) => focusProblem(form.current, problems))
    if (made) setShown([made])
  }
  const take = (text: string) => {
    onTake(text)
    notifyDone(t('dialog.taken'))
    close()
  }
  if (!run.values) return <LoadingRows rows={3} />
  return (
    <>
      <form
        ref={form}
        id={formId}
        className={classes.form}
        aria-label={t('use.label')}
        onSubmit={(event) => {
          event.preventDefault()
          if (runs) stop.mutate({ id: runs })
          else void generate()
        }}
      >
        <TemplateForm
          variables={template.content.variables}
          values={run.values}
          problems={run.problems}
          selection={selection}
          onChange={run.put}
        />
        <PromptPreview preview={run.preview} values={run.values} />
      </form>
      {shown.map((id) => (
        <GenerationCard
          key={id}
          id={id}
          writing={{ storyId, take }}
          onAgain={(made, beside) =>
            setShown(beside ? [id, made] : shown.map((other) => (other === id ? made : other)))
          }
        />
      ))}
      <div className={classes.foot}>
        <Button
          type="submit"
          form={formId}
          variant={runs ? 'default' : 'filled'}
          loading={run.starting}
          leftSection={
            runs ? <IconPlayerStop size={16} aria-hidden /> : <IconPlayerPlay size={16} stroke={1.6} aria-hidden />
          }
        >
          {t(runs ? 'use.stop' : 'use.generate')}
        </Button>
      </div>
    </>
  )
}
