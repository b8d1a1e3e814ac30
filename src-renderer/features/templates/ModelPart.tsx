import { NumberInput, Select, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import { TemplateContent, TemplateModel } from '@contract/entities/template'
import { useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useLocal } from '@renderer/components/use-local'
import { Fold } from '@renderer/domain/role-form/Fold'
import { choiceOf, withSettings } from '@renderer/domain/role-form/model-settings'
import { RequestRows } from '@renderer/domain/role-form/RequestRows'
import { useProviders } from '@renderer/domain/use-providers'
import type { ChangeContent } from './use-template-draft'
import { useModelOf } from './use-model-of'
import classes from './Write.module.css'

interface Props {
  content: TemplateContent
  onChange: ChangeContent
}

const keyOf = (model: TemplateModel) => (model.kind === 'role' ? `role/${model.role}` : `config/${model.id ?? ''}`)

const groups = ['samplers', 'settings', 'custom', 'timeouts'] as const

/** How many settings differ from those of the model. */
const differing = (settings: TemplateContent['settings']) =>
  groups.reduce((all, group) => all + Object.keys(settings[group] ?? {}).length, settings.retries === undefined ? 0 : 1)

/** Which model answers, with which settings, and how often it may try. */
export function ModelPart({ content, onChange }: Props) {
  const { t } = useTranslation('templates')
  const local = useLocal()
  const roles = useRoute('roles.list', {})
  const configs = useRoute('modelConfigs.list', {})
  const chatRoles = roles.data?.filter(({ kind }) => kind === 'chat') ?? []
  const chatConfigs = configs.data?.filter(({ kind }) => kind === 'chat') ?? []
  const { model, settings, tries, lenient } = content
  const source = useModelOf(model)
  const provider = useProviders().data?.find(({ id }) => id === source.settings?.providerId)
  const choose = (key: string | null) => {
    const [kind, id] = (key ?? '').split('/')
    const chosen = TemplateModel.safeParse(kind === 'role' ? { kind, role: id } : { kind, id }).data
    if (chosen) onChange((before) => ({ ...before, model: chosen }))
  }
  const override = (part: Partial<ModelSettings>) =>
    onChange((before) => ({
      ...before,
      settings: TemplateContent.shape.settings.parse(withSettings(before.settings, part)),
    }))
  const isGone = model.kind === 'config' && configs.data !== undefined && !chatConfigs.some(({ id }) => id === model.id)
  /** Of a file from elsewhere. */
  const unknownRole =
    model.kind === 'role' && roles.data !== undefined && !chatRoles.some(({ id }) => id === model.role)
      ? model.role
      : null
  const roleItems = chatRoles.map(({ id, name }) => ({ value: `role/${id}`, label: local(name) }))
  return (
    <section aria-label={t('write.model')} className={classes.model}>
      <h3 className={classes.heading}>{t('write.model')}</h3>
      <Select
        label={t('write.source')}
        description={t('write.sourceHelp')}
        allowDeselect={false}
        error={isGone && t('write.gone')}
        placeholder={t('write.choose')}
        value={isGone ? null : keyOf(model)}
        data={[
          {
            group: t('write.roles'),
            items: unknownRole === null ? roleItems : [...roleItems, { value: keyOf(model), label: unknownRole }],
          },
          {
            group: t('write.configs'),
            items: chatConfigs.map(({ id, name }) => ({ value: `config/${id}`, label: name })),
          },
        ]}
        onChange={choose}
      />
      {unknownRole !== null && <p className={classes.limit}>{t('write.unknownRole', { role: unknownRole })}</p>}
      <div className={classes.pair}>
        <NumberInput
          label={t('write.tries')}
          description={t('write.triesHelp')}
          min={1}
          max={10}
          allowDecimal={false}
          clampBehavior="strict"
          value={tries}
          onChange={(next) =>
            typeof next === 'number' && next > 0 && onChange((before) => ({ ...before, tries: next }))
          }
        />
        <Switch
          label={t('write.lenient')}
          description={t('write.lenientHelp')}
          checked={lenient}
          onChange={(event) => {
            const { checked } = event.currentTarget
            onChange((before) => ({ ...before, lenient: checked }))
          }}
        />
      </div>
      {source.error && !isGone && <ErrorNotice error={source.error} />}
      {provider && source.settings && (
        <Fold title={t('write.overrides')} summary={t('write.asModel')} set={differing(settings)} lazy>
          <RequestRows
            kind="chat"
            provider={provider}
            choice={choiceOf(source.settings)}
            own={settings}
            base={{ settings: source.settings, from: source.name, reset: t('write.resetTo'), name: source.name }}
            here={t('write.here')}
            onChange={override}
          />
        </Fold>
      )}
    </section>
  )
}
