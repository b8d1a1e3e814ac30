import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemplateContent } from '@contract/entities/template'
import { StoryId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { PromptSent } from '@renderer/domain/inspector/PromptSent'
import { fits, REST_MS } from './use-check'
import { useModelOf } from './use-model-of'
import classes from './Write.module.css'

/** What a model would be sent with the sample values; no model is asked. */
export function Preview({ content: typed }: { content: TemplateContent }) {
  const { t, i18n } = useTranslation('templates')
  const format = useFormat()
  const [content] = useDebouncedValue(typed, REST_MS)
  const [chosen, setChosen] = useState<StoryId | null>(null)
  const stories = useRoute('stories.list', {}).data?.filter(({ archived }) => !archived) ?? []
  const storyId = stories.some(({ id }) => id === chosen) ? chosen : null
  const source = useModelOf(content.model)
  const { data, error } = useRoute(
    'templates.preview',
    { content, inputs: {}, samples: true, storyId },
    { enabled: fits(content), placeholderData: keepPreviousData, gcTime: 0 }
  )
  const nameOf = (name: string) => content.variables.find((each) => each.name === name)?.label || name
  const lacking = [...new Set(data?.inputs.map(({ name }) => nameOf(name)))]
  return (
    <section aria-label={t('preview.title')} className={classes.preview}>
      <h3 className={classes.heading}>{t('preview.title')}</h3>
      {data && (
        <p className={classes.help} role="status">
          {data.window === null
            ? t('preview.tokens', { count: data.tokens, tokens: format.number(data.tokens) })
            : t('preview.tokensOf', { tokens: format.number(data.tokens), window: format.tokens(data.window) })}
          {' · '}
          {data.model === ''
            ? t('preview.noModel')
            : t('preview.model', { model: data.model, provider: data.provider, source: source.name })}
        </p>
      )}
      {stories.length > 0 && (
        <Select
          size="xs"
          className={classes.story}
          label={t('preview.story')}
          placeholder={t('preview.noStory')}
          clearable
          searchable={stories.length > 12}
          limit={100}
          value={storyId}
          data={stories.map(({ id, title }) => ({ value: id, label: title }))}
          onChange={(value) => setChosen(StoryId.safeParse(value).data ?? null)}
        />
      )}
      {lacking.length > 0 && (
        <p className={classes.limit}>
          {t('preview.samples', { names: new Intl.ListFormat(i18n.language).format(lacking) })}
        </p>
      )}
      {error && <ErrorNotice error={error} />}
      {!data && !error && <LoadingRows rows={4} height={28} />}
      {data?.messages?.length === 0 && <p className={classes.help}>{t('preview.empty')}</p>}
      {data && data.messages === null && <p className={classes.help}>{t('preview.cannot')}</p>}
      {data?.messages && data.messages.length > 0 && <PromptSent parts={[]} window={null} messages={data.messages} />}
    </section>
  )
}
