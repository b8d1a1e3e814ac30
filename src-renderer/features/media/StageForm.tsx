import { Anchor, Button, Select } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { StageView } from '@contract/entities/stage'
import { StageError } from '@contract/errors'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useErrorText } from '@renderer/components/error-text'
import { notifyError } from '@renderer/components/notify'
import { modelsAreVoices } from '@renderer/domain/media/use-stage-sentence'
import { useProviders } from '@renderer/domain/use-providers'
import { KeyField } from './KeyField'
import { SearchSelect } from '@renderer/domain/media/SearchSelect'
import { StageOptions } from './StageOptions'
import { useStageDraft } from './use-stage-draft'
import classes from './MediaScreen.module.css'

/** Provider, key, model and options of one stage. It is saved by itself, and its list comes when it is. */
export function StageForm({ stage, name }: { stage: StageView; name: string }) {
  const { t } = useTranslation(['media', 'common'])
  const errorText = useErrorText()
  const known = useProviders().data ?? []
  const tokens = useRoute('tokens.list', {}).data ?? []
  const providers = stage.providers.flatMap(({ providerId }) => known.find(({ id }) => id === providerId) ?? [])
  const form = useStageDraft({ stage, providers, tokens, keyName: t('form.keyName') })
  const { draft, error } = form
  const clear = useCommand('stages.clear', { onError: notifyError, onSuccess: form.discard })
  const provider = providers.find(({ id }) => id === draft?.providerId)
  if (!draft || !provider) return <p className={classes.help}>{t('form.noProvider')}</p>

  const isStored = stage.choice?.providerId === draft.providerId
  const models = isStored ? stage.models : []
  const isGone = error?.code === StageError.ModelGone
  const schema = stage.providers.find(({ providerId }) => providerId === draft.providerId)?.settingsSchema ?? {}
  const asVoice = isStored && modelsAreVoices(stage)
  const voices = models.find(({ model }) => model === draft.model)?.voices ?? []
  return (
    <>
      <form
        className={classes.fields}
        noValidate
        aria-label={t('form.label', { name })}
        onSubmit={(event) => {
          event.preventDefault()
          void form.submit().catch(notifyError)
        }}
      >
        <div className={classes.withLink}>
          <Select
            label={t('form.provider')}
            allowDeselect={false}
            searchable={providers.length > 8}
            data={providers.map((one) => ({ value: one.id, label: one.name }))}
            value={draft.providerId}
            onChange={(value) => {
              const chosen = providers.find(({ id }) => id === value)
              if (chosen) form.chooseProvider(chosen)
            }}
          />
          <Anchor
            component={Link}
            href={`/providers/${draft.providerId}`}
            size="sm"
            underline="always"
            className={classes.link}
          >
            {t('form.toProvider')}
          </Anchor>
        </div>
        <KeyField stage={stage} provider={provider} form={form} />
        {models.length > 0 ? (
          <SearchSelect
            label={t(asVoice ? 'form.voice' : 'form.model')}
            data={models.map((one) => ({ value: one.model, label: one.name }))}
            value={draft.model}
            error={isGone && [errorText(error).what, errorText(error).why, errorText(error).next].join(' ')}
            onChange={(model) => form.set({ model })}
          />
        ) : (
          <p className={classes.help}>{t('form.listLater')}</p>
        )}
        <StageOptions
          key={draft.providerId}
          schema={schema}
          voices={voices}
          value={draft.settings}
          origins={{ here: t('form.here') }}
          onChange={(settings) => form.set({ settings })}
        />
        {error && !isGone && <ErrorNotice error={error} />}
        <div className={classes.foot}>
          <Button type="submit" loading={form.saving}>
            {t('common:save')}
          </Button>
          {form.dirty && stage.choice && (
            <Button variant="default" onClick={form.discard}>
              {t('form.discard')}
            </Button>
          )}
          <span role="status" className={classes.help}>
            {form.saving ? t('form.checking') : form.dirty ? t('form.unsaved') : ''}
          </span>
          {stage.choice && (
            <Button
              className={classes.clear}
              variant="subtle"
              color="gray"
              loading={clear.isPending}
              onClick={() => clear.mutate({ id: stage.id })}
            >
              {t('form.clear')}
            </Button>
          )}
        </div>
      </form>
      {form.dialog}
    </>
  )
}
