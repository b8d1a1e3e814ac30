import { Stack, Textarea } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Unfolding } from '@renderer/components/Unfolding'
import { AuthField, KindsField, type OwnFieldsProps } from './OwnFields'
import { headerProblem } from './provider-draft'

/** What few servers need, and what is sent with every request besides: folded away unless there is something in it or wrong with it. */
export function AdvancedFields({ draft, wrong, onChange }: OwnFieldsProps) {
  const { t } = useTranslation('providers')
  const problem = wrong.includes('headers') ? headerProblem(draft.headers) : null
  return (
    <Unfolding
      label={t('form.advanced')}
      begin={draft.headers !== '' || draft.extraBody !== '' || draft.auth !== 'bearer'}
      held={wrong.some((field) => field !== 'baseUrl')}
    >
      <Stack gap="md" pt="sm">
        <KindsField draft={draft} onChange={onChange} />
        <AuthField draft={draft} wrong={wrong} onChange={onChange} />
        <Textarea
          label={t('form.headers')}
          description={t('form.headersHelp')}
          placeholder="X-Title: Fabula"
          value={draft.headers}
          autosize
          minRows={2}
          spellCheck={false}
          error={problem && t(`form.headerProblem.${problem.why}`, { name: problem.name })}
          onChange={(event) => onChange({ headers: event.currentTarget.value })}
        />
        <Textarea
          label={t('form.body')}
          description={t('form.bodyHelp')}
          placeholder='{ "cache_prompt": true }'
          value={draft.extraBody}
          autosize
          minRows={2}
          spellCheck={false}
          error={wrong.includes('extraBody') && t('form.bodyWrong')}
          onChange={(event) => onChange({ extraBody: event.currentTarget.value })}
        />
      </Stack>
    </Unfolding>
  )
}
