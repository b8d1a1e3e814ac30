import { Button, Group, Textarea } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Generation } from '@contract/entities/generation'
import { LONGEST_ANSWER } from '@contract/entities/generation'
import type { GenerationId, StoryId } from '@contract/ids'
import { isObject } from '@contract/json'
import type { JsonValue } from '@contract/values'
import { useCommand } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { notifyError } from '@renderer/components/notify'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { FoldedText } from '@renderer/domain/inspector/FoldedText'
import { GenerationActions } from './GenerationActions'
import { GenerationBody } from './GenerationBody'
import { GenerationState } from './GenerationState'
import { TriesNote } from './TriesNote'
import { useGenerationFacts } from './use-generation-facts'
import { useLiveGeneration } from './use-live-generation'
import { itemShape, nameIn, shapeOf, type Shape } from './value-shape'
import { ValueEditor } from './ValueEditor'
import classes from './GenerationCard.module.css'

export interface GenerationCardProps {
  id: GenerationId
  /** Another one was made of it: again in its place, or on another model beside it. */
  onAgain?: ((id: GenerationId, beside: boolean) => void) | undefined
  /** The story in whose writing view it is shown: its text can go into the composer there. */
  writing?: { storyId: StoryId; take: (text: string) => void } | undefined
}

/** A table holds its rows against the schema. */
const rowShape = ({ schema, format }: Pick<Generation, 'schema' | 'format'>): Shape | null =>
  format === 'csv' ? (itemShape(shapeOf(schema)) ?? shapeOf(schema)) : shapeOf(schema)

/** One generation: what was answered, how it came about, and where it can go. */
export function GenerationCard({ id, onAgain, writing }: GenerationCardProps) {
  const { t } = useTranslation('generations')
  const { query, live } = useLiveGeneration(id)
  const facts = useGenerationFacts()
  const [editing, setEditing] = useState(false)
  const generation = query.data
  if (query.error) return <ErrorNotice error={query.error} onRetry={() => void query.refetch()} />
  if (!generation) return <LoadingRows rows={4} height={40} />
  const { state, error, value } = generation
  const shape = rowShape(generation)
  const title = nameIn(value) ?? generation.templateName
  return (
    <article className={classes.card} aria-label={title} aria-busy={state === 'running'}>
      <header className={classes.head}>
        <h2 className={classes.title}>{title}</h2>
        <GenerationState generation={generation} live={live} />
      </header>
      <UnreadableNote parts={generation.unreadable} />
      {error && <ErrorNotice error={error} />}
      {live !== null && live.reasoning !== '' && <FoldedText title={t('tries.reasoning')} text={live.reasoning} />}
      {editing ? (
        <AnswerEditor generation={generation} shape={shape} onClose={() => setEditing(false)} />
      ) : (
        <div className={classes.body} data-empty={isEmpty(generation, live) || undefined}>
          <GenerationBody generation={generation} live={live} shape={shape} />
        </div>
      )}
      {!editing && (
        <GenerationActions
          generation={generation}
          title={title}
          shape={shape}
          onEdit={() => setEditing(true)}
          onAgain={onAgain}
          writing={writing}
        />
      )}
      {state !== 'running' && <TriesNote generation={generation} />}
      <p className={classes.facts}>{facts(generation)}</p>
    </article>
  )
}

/** Nothing is there to be seen, as long as the first field has not begun either. */
const isEmpty = ({ text, value, format }: Generation, live: ReturnType<typeof useLiveGeneration>['live']) =>
  live
    ? live.text === '' || (format === 'json' && isObject(live.value) && Object.keys(live.value).length === 0)
    : text === '' && value === null

/** The answer, changed by hand: by its parts where it has some, else as text. */
function AnswerEditor({
  generation: { id, value, text, format },
  shape,
  onClose,
}: {
  generation: Generation
  shape: Shape | null
  onClose: () => void
}) {
  const { t } = useTranslation('generations')
  const common = useTranslation('common').t
  const asText = format === 'text' || value === null
  const [written, setWritten] = useState(text)
  const [changed, setChanged] = useState<JsonValue>(value)
  const save = useCommand('generations.edit', { onSuccess: onClose, onError: notifyError })
  return (
    <form
      className={classes.body}
      onSubmit={(event) => {
        event.preventDefault()
        save.mutate(asText ? { id, text: written } : { id, value: changed })
      }}
    >
      {asText ? (
        <Textarea
          aria-label={t('edit.text')}
          classNames={{ input: classes.proseInput }}
          autosize
          minRows={4}
          maxRows={30}
          spellCheck
          maxLength={LONGEST_ANSWER}
          value={written}
          onChange={(event) => setWritten(event.currentTarget.value)}
        />
      ) : (
        <ValueEditor
          label={t('edit.value')}
          value={changed}
          shape={
            format === 'csv' && shape ? { schema: { type: 'array', items: shape.schema }, root: shape.root } : shape
          }
          onChange={setChanged}
        />
      )}
      <Group gap="xs" mt="md">
        <Button type="submit" loading={save.isPending}>
          {common('save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {common('cancel')}
        </Button>
      </Group>
    </form>
  )
}
