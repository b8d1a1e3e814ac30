import { Radio, Stack, Switch } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { roleEntries, type ChainName, type FallbackPolicy, type Preset } from '@contract/entities/preset'
import type { ModelConfigId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { useModels } from '@renderer/domain/model-picker/use-models'
import { configFacts } from '@renderer/domain/role-form/config-facts'
import { laidOver } from '@renderer/domain/role-form/model-settings'
import { RoleHead } from '@renderer/domain/role-form/RoleHead'
import { useLanguage } from '@renderer/components/use-local'
import { ChainEditor, type ChainLink } from './ChainEditor'
import classes from './FallbackPanel.module.css'

interface Props {
  preset: Preset
  onChange: (fallback: FallbackPolicy) => void
}

const chainNames: readonly ChainName[] = ['errors', 'contextOverflow', 'refusals']

/** What happens to the work of roles that are off, and of models that fail. */
export function FallbackPanel({ preset, onChange }: Props) {
  const { t } = useTranslation('presets')
  const language = useLanguage()
  const models = useModels()
  const configs = useRoute('modelConfigs.list', {}).data?.filter(({ kind }) => kind === 'chat') ?? []
  const { fallback } = preset

  const startsLocal = roleEntries(preset.roles).some(({ value }) => {
    const config = configs.find(({ id }) => id === value.modelConfigId)
    const facts = configFacts(laidOver(config?.settings ?? {}, value.settings), models)
    return value.enabled && facts?.local === true
  })
  /** Whether each may be called: after a model on this computer, one that may cost money needs consent. */
  const linksOf = (chain: readonly ModelConfigId[]): ChainLink[] => {
    let local = startsLocal
    return chain.map((id) => {
      const config = configs.find((each) => each.id === id)
      const facts = config ? configFacts(config.settings, models) : null
      const passedOver = local && facts?.mayCost === true && !fallback.allowPaid
      local ||= facts?.local === true
      return { id, name: config?.name ?? '', facts, passedOver }
    })
  }
  const chains = chainNames.map((name) => ({ name, links: linksOf(fallback.chains[name]) }))
  const passedOver = [
    ...new Set(chains.flatMap(({ links }) => links.filter((link) => link.passedOver).map(({ name }) => name))),
  ]
  return (
    <div className={classes.panel}>
      <RoleHead name={t('fallback.tab')} level={3} help={t('fallback.help')} notes={[]} />
      <Radio.Group
        label={t('fallback.question')}
        value={fallback.useMainForUnset ? 'main' : 'skip'}
        onChange={(chosen) => onChange({ ...fallback, useMainForUnset: chosen === 'main' })}
      >
        <Stack gap="sm" mt="sm">
          <Radio value="main" label={t('fallback.main')} description={t('fallback.mainHelp')} />
          <Radio value="skip" label={t('fallback.skip')} description={t('fallback.skipHelp')} />
        </Stack>
      </Radio.Group>

      <h4 className={classes.heading}>{t('fallback.chainsTitle')}</h4>
      <p className={classes.words}>{t('fallback.chainsHelp')}</p>
      {chains.map(({ name, links }) => (
        <ChainEditor
          key={name}
          title={t(`fallback.chain.${name}`)}
          help={t(`fallback.chain.${name}Help`)}
          links={links}
          configs={configs}
          onChange={(chain) => onChange({ ...fallback, chains: { ...fallback.chains, [name]: chain } })}
        />
      ))}

      <Switch
        className={classes.consent}
        label={t('fallback.allowPaid')}
        description={t('fallback.allowPaidHelp')}
        checked={fallback.allowPaid}
        onChange={(event) => onChange({ ...fallback, allowPaid: event.currentTarget.checked })}
      />
      <Switch
        className={classes.consent}
        label={t('fallback.localWhenLocked')}
        description={t('fallback.localWhenLockedHelp')}
        checked={fallback.localWhenLocked}
        onChange={(event) => onChange({ ...fallback, localWhenLocked: event.currentTarget.checked })}
      />
      <p className={classes.hint} role="status">
        {passedOver.length > 0 && (
          <>
            <IconAlertTriangle size={16} stroke={1.6} aria-hidden />
            <span>
              {t('fallback.passedOver', {
                count: passedOver.length,
                names: new Intl.ListFormat(language).format(passedOver),
              })}
            </span>
          </>
        )}
      </p>
    </div>
  )
}
