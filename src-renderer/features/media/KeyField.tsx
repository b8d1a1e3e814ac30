import { Anchor, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import type { StageView } from '@contract/entities/stage'
import { ProviderError } from '@contract/errors'
import { TokenId } from '@contract/ids'
import { useErrorText } from '@renderer/components/error-text'
import { SecretInput } from '@renderer/domain/keys/SecretInput'
import { keyNeed, type useStageDraft } from './use-stage-draft'
import classes from './MediaScreen.module.css'

const NEW = 'new'
const NONE = 'none'

interface Props {
  stage: StageView
  provider: Provider
  form: ReturnType<typeof useStageDraft>
}

/** The key that a stage works with: one of the provider's, or a new one that is pasted here. */
export function KeyField({ stage, provider, form }: Props) {
  const { t } = useTranslation('media')
  const errorText = useErrorText()
  const { draft } = form
  const need = keyNeed(provider)
  if (need === 'none' || !draft) return <p className={classes.help}>{t('form.noKey', { provider: provider.name })}</p>
  const { choice, problem } = stage
  const isStored = choice !== null && choice.providerId === draft.providerId && choice.tokenId === draft.key
  const refused = isStored && problem?.code === ProviderError.Unauthorized ? errorText(problem) : null
  const keys = form.keysOf(provider.id)
  return (
    <div className={classes.fields}>
      <Select
        label={t('form.key')}
        allowDeselect={false}
        data={[
          ...keys.map(({ id, name, last4 }) => ({ value: id, label: last4 === '' ? name : `${name} ···${last4}` })),
          ...(need === 'optional' ? [{ value: NONE, label: t('form.withoutKey') }] : []),
          { value: NEW, label: t('form.newKey') },
        ]}
        value={draft.key ?? NONE}
        error={refused && [refused.what, refused.why].filter(Boolean).join(' ')}
        onChange={(value) => form.set({ key: value === NEW ? NEW : (TokenId.safeParse(value).data ?? null) })}
      />
      {draft.key === NEW && (
        <SecretInput
          label={t('form.paste')}
          value={form.pasted}
          error={form.wrongKey && t('form.wrongKey')}
          description={
            provider.keyUrl !== null && (
              <Anchor href={provider.keyUrl} target="_blank" rel="noopener noreferrer" size="xs" underline="always">
                {t('form.getKey', { provider: provider.name })}
              </Anchor>
            )
          }
          onChange={form.paste}
        />
      )}
    </div>
  )
}
