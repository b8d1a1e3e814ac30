import { useTranslation } from 'react-i18next'
import type { RouteOutput } from '@contract/routes'
import { useModels } from '@renderer/domain/model-picker/use-models'
import { configFacts } from '@renderer/domain/role-form/config-facts'
import { AddButton } from '@renderer/components/AddButton'
import { SideList } from '@renderer/components/SideList'

interface Props {
  configs: readonly RouteOutput<'modelConfigs.list'>[number][]
  openId: string | undefined
  onNew: () => void
}

/** All model configs, each with its model, what it is for and how many use it. */
export function ConfigList({ configs, openId, onNew }: Props) {
  const { t } = useTranslation('models')
  const models = useModels()
  return (
    <SideList
      label={t('title')}
      actions={<AddButton label={t('newButton')} onClick={onNew} />}
      searchLabel={t('list.search')}
      nothing={t('list.nothing')}
      openId={openId}
      items={configs.map(({ id, name, kind, settings, users, unreadable }) => ({
        id,
        name,
        href: `/models/${id}`,
        facts: [
          kind === 'embedding' ? t('kind.embedding') : null,
          users.length === 0 ? t('list.unused') : t('list.usedBy', { count: users.length }),
          configFacts(settings, models)?.model,
        ].filter((fact) => fact !== name),
        unreadable,
      }))}
    />
  )
}
