import { Button, Group, NativeSelect, Text, TextInput, VisuallyHidden } from '@mantine/core'
import { IconPlus, IconRefresh, IconSearch } from '@tabler/icons-react'
import { useDeferredValue, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Provider } from '@contract/entities/provider'
import { useCommand, useRoute } from '@renderer/api/queries'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { useFormat } from '@renderer/components/format'
import { notifyDone } from '@renderer/components/notify'
import { PageRows } from '@renderer/components/PageRows'
import { Section } from '@renderer/components/Section'
import { AddModelDialog } from './AddModelDialog'
import { searchCatalogue, shownModels, sortCatalogue } from './catalogue-search'
import { ModelDialog } from './ModelDialog'
import { ModelRow } from './ModelRow'
import { SimulateDialog } from './SimulateDialog'
import classes from './ModelsSection.module.css'

const ROW_HEIGHT = 56

/** The provider's catalogue: how fresh it is, each model with its switch, and models added by hand. */
export function ModelsSection({ provider }: { provider: Provider }) {
  const { t } = useTranslation('providers')
  const models = useRoute('models.list', { providerId: provider.id })
  const states = useRoute('models.states', {})
  const [adding, setAdding] = useState(false)
  const [opened, setOpened] = useState<{ id: string; as: 'details' | 'simulation' } | null>(null)
  const [text, setText] = useState('')
  const [shown, setShown] = useState<(typeof shownModels)[number]>('all')
  const searched = useDeferredValue(text)
  const refresh = useCommand('models.refresh', {
    onSuccess: ({ added, changed, vanished }) =>
      notifyDone(
        added + changed + vanished === 0
          ? t('models.same')
          : [
              added > 0 && t('models.added', { count: added }),
              changed > 0 && t('models.changed', { count: changed }),
              vanished > 0 && t('models.vanished', { count: vanished }),
            ]
              .filter(Boolean)
              .join(', ')
      ),
  })
  const own = useMemo(() => sortCatalogue(models.data ?? []), [models.data])
  const found = useMemo(() => searchCatalogue(own, searched, shown), [own, searched, shown])
  const state = states.data?.find(({ providerId }) => providerId === provider.id)
  const failure = refresh.isPending ? null : (state?.problem ?? refresh.error)
  const open = own.find(({ id }) => id === opened?.id)
  const close = () => setOpened(null)
  const ask = () => refresh.mutate({ providerId: provider.id })

  return (
    <Section
      title={t('models.title')}
      actions={
        <Group gap="xs">
          <Button
            variant="default"
            size="xs"
            leftSection={<IconRefresh size={14} aria-hidden />}
            loading={refresh.isPending}
            onClick={ask}
          >
            {t('models.refresh')}
          </Button>
          {!provider.hasOwnModels && (
            <Button
              variant="default"
              size="xs"
              leftSection={<IconPlus size={14} aria-hidden />}
              onClick={() => setAdding(true)}
            >
              {t('models.add')}
            </Button>
          )}
        </Group>
      }
    >
      {models.error && <ErrorNotice error={models.error} onRetry={() => void models.refetch()} />}
      {models.isSuccess && <ListState models={own} lastSync={state?.lastSync ?? null} />}
      {failure && (
        <div className={classes.failure}>
          <Text size="sm">{t(own.length === 0 ? 'models.failedFirst' : 'models.failed')}</Text>
          <ErrorNotice error={failure} onRetry={ask} />
        </div>
      )}
      {own.length > 0 && (
        <>
          <div className={classes.search}>
            <TextInput
              size="sm"
              leftSection={<IconSearch size={16} stroke={1.6} aria-hidden />}
              placeholder={t('models.search')}
              aria-label={t('models.search')}
              value={text}
              spellCheck={false}
              onChange={(event) => setText(event.currentTarget.value)}
            />
            <NativeSelect
              size="sm"
              aria-label={t('models.show')}
              value={shown}
              data={shownModels.map((value) => ({ value, label: t(`models.${value}`) }))}
              onChange={(event) => {
                const { value } = event.currentTarget
                setShown(shownModels.find((each) => each === value) ?? 'all')
              }}
            />
          </div>
          <VisuallyHidden component="output">
            {t('list.models', { count: found.length, shown: String(found.length) })}
          </VisuallyHidden>
          {found.length === 0 && <Text c="dimmed">{t('models.nothing')}</Text>}
          <PageRows
            label={t('models.list', { name: provider.name })}
            items={found}
            keyOf={({ id }) => id}
            rowHeight={ROW_HEIGHT}
          >
            {(model) => (
              <ModelRow
                model={model}
                onOpen={() => setOpened({ id: model.id, as: 'details' })}
                onSimulate={() => setOpened({ id: model.id, as: 'simulation' })}
              />
            )}
          </PageRows>
        </>
      )}
      <AddModelDialog provider={provider} opened={adding} onClose={() => setAdding(false)} />
      {open && <ModelDialog model={open} opened={opened?.as === 'details'} onClose={close} />}
      {open && (
        <SimulateDialog
          target={{ kind: 'model', providerId: open.providerId, model: open.model }}
          name={open.name}
          opened={opened?.as === 'simulation'}
          onClose={close}
        />
      )}
    </Section>
  )
}

interface ListStateProps {
  models: readonly { available: boolean; lastSeen: string }[]
  lastSync: string | null
}

/** How many models are listed, and when the provider was last asked. */
function ListState({ models, lastSync }: ListStateProps) {
  const { t } = useTranslation('providers')
  const format = useFormat()
  const listed = models.filter(({ available }) => available)
  const asked = lastSync ?? listed.reduce((latest, { lastSeen }) => (lastSeen > latest ? lastSeen : latest), '')
  return (
    <Text c="dimmed" size="sm" mb="xs">
      {listed.length === 0
        ? t('models.none')
        : t('models.known', { count: listed.length, shown: format.number(listed.length), ago: format.ago(asked) })}
    </Text>
  )
}
