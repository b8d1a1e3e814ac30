import { Anchor, Button, NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { TokenStrategy, type ModelSettings } from '@contract/entities/model-config'
import type { Provider } from '@contract/entities/provider'
import type { JsonValue } from '@contract/values'
import { useRoute } from '@renderer/api/queries'
import { stringsOf } from '@contract/json'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import { SettingRow } from '@renderer/domain/settings-form/SettingRow'
import type { Base } from './base'
import { InheritedKeys } from './InheritedKeys'
import { KeyChips } from './KeyChips'
import classes from './KeysRow.module.css'

interface Props {
  provider: Provider
  own: ModelSettings
  base: Base | null
  /** The layer that is edited: "Preset". */
  here: string
  /** By the place in the settings: `['tokenIds']`. */
  mark?: MarkOf | undefined
  onChange: (part: Partial<ModelSettings>) => void
}

/** The keys a role may use, in order, and how the next one is chosen. */
export function KeysRow({ provider, own, base, here, mark, onChange }: Props) {
  const { t } = useTranslation('presets')
  const tokens = useRoute('tokens.list', {}).data?.filter(({ providerId }) => providerId === provider.id)
  const below = base?.settings ?? {}
  const chosen = own.tokenIds ?? []
  const shown = own.tokenIds ?? below.tokenIds ?? []
  const isChosen = own.tokenIds !== undefined || below.tokenIds !== undefined
  // Keys were chosen, and none of them is left.
  const mustChoose = isChosen && tokens !== undefined && !tokens.some(({ id }) => shown.includes(id))
  const several = !mustChoose && (shown.length > 1 || (shown.length === 0 && (tokens?.length ?? 0) > 1))
  const providerLink = (
    <Anchor component={Link} href={`/providers/${provider.id}`}>
      {t('keys.addAt', { provider: provider.name })}
    </Anchor>
  )

  if (tokens?.length === 0) {
    return (
      <SettingRow name={t('keys.name')} origin={provider.keyRequired ? t('form.needed') : t('keys.optional')}>
        {provider.keyRequired ? (
          <span className={classes.words}>
            {t('keys.none', { provider: provider.name })} {providerLink}
          </span>
        ) : (
          <span className={classes.words}>{t('keys.notNeeded', { provider: provider.name })}</span>
        )}
      </SettingRow>
    )
  }
  const show = (value: JsonValue | undefined) => {
    const strategy = TokenStrategy.safeParse(value)
    if (strategy.success) return t(`keys.strategy.${strategy.data}`)
    const names = (tokens ?? []).filter(({ id }) => stringsOf(value).includes(id)).map(({ name }) => name)
    if (names.length > 0) return names.join(', ')
    return value === undefined || value === null ? t('keys.any', { provider: provider.name }) : t('keys.notChosen')
  }
  const marked = mark?.(['tokenIds'], show, t('keys.name'))
  const origin = () => {
    if (marked) return marked.origin
    if (own.tokenIds) return here
    if (base && below.tokenIds) return base.from
    return t('keys.any', { provider: provider.name })
  }
  return (
    <SettingRow
      name={t('keys.name')}
      help={t(several ? 'keys.helpSeveral' : 'keys.help')}
      origin={
        <>
          <span>{origin()}</span>
          {marked?.reset && <ResetButton name={t('keys.name')} reset={marked.reset.label} onClick={marked.reset.run} />}
        </>
      }
      note={marked?.note}
    >
      <div className={classes.keys}>
        {own.tokenIds === undefined && <InheritedKeys tokens={tokens ?? []} ids={shown} />}
        <KeyChips tokens={tokens ?? []} chosen={chosen} onChange={(ids) => onChange({ tokenIds: ids })} />
      </div>
      {mustChoose && (
        <div className={classes.choose} role="status">
          {t('keys.chooseAgain')}
          {own.tokenIds && !below.tokenIds?.length && (
            <Button variant="default" size="compact-sm" onClick={() => onChange({ tokenIds: undefined })}>
              {t('keys.any', { provider: provider.name })}
            </Button>
          )}
        </div>
      )}
      {several && (
        <NativeSelect
          className={classes.strategy}
          size="xs"
          aria-label={t('keys.strategyLabel')}
          value={own.tokenStrategy ?? 'unset'}
          data={[
            {
              value: 'unset',
              label: t('keys.strategyUnset', { strategy: t(`keys.strategy.${below.tokenStrategy ?? 'failover'}`) }),
            },
            ...TokenStrategy.options.map((value) => ({ value, label: t(`keys.strategy.${value}`) })),
          ]}
          onChange={(event) => {
            const parsed = TokenStrategy.safeParse(event.currentTarget.value)
            onChange({ tokenStrategy: parsed.success ? parsed.data : undefined })
          }}
        />
      )}
    </SettingRow>
  )
}
