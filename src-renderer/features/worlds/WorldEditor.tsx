import { Tabs } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'wouter'
import { WorldFields } from '@contract/entities/world'
import type { WorldEntryId, WorldId } from '@contract/ids'
import { useRoute } from '@renderer/api/queries'
import { EditorFrame } from '@renderer/components/EditorFrame'
import { ErrorNotice } from '@renderer/components/ErrorNotice'
import { InlineTitle } from '@renderer/components/InlineTitle'
import { LoadingRows } from '@renderer/components/LoadingRows'
import { UnreadableNote } from '@renderer/components/UnreadableNote'
import { SaveState } from '@renderer/components/SaveState'
import { GroupedForm } from '@renderer/domain/world-form/EntryForm'
import { worldForm } from '@renderer/domain/world-form/fields'
import { EntryEditor } from './EntryEditor'
import { EntryList } from './EntryList'
import { kindOf, tabOf, worldTabs, type WorldTab } from './tabs'
import { useWorldDraft } from './use-world-draft'
import { WakeTestBox } from './WakeTestBox'
import { WorldMenu } from './WorldMenu'
import classes from './Worlds.module.css'

interface Props {
  worldId: WorldId
  tab: string | undefined
  entryId: WorldEntryId | undefined
}

const defaults = WorldFields.parse({})

/** One world: its name, and its parts behind tabs. */
export function WorldEditor({ worldId, tab: named, entryId }: Props) {
  const { t } = useTranslation('worlds')
  const tab = tabOf(named)
  const kind = kindOf(tab)
  const draft = useWorldDraft(worldId)
  const entries = useRoute('worlds.entries', { worldId, kind: kind ?? 'character' })
  if (draft.loadError) return <ErrorNotice error={draft.loadError} onRetry={draft.reload} />
  if (!draft.world) return <LoadingRows />

  const open = entries.data?.find(({ id }) => id === entryId) ?? entries.data?.[0]
  const shown = entryId ?? open?.id
  const failed = draft.state === 'failed' && draft.saveError !== null
  return (
    <EditorFrame
      label={draft.name}
      title={
        <InlineTitle
          name={draft.name}
          label={t('name')}
          needed={t('nameNeeded')}
          error={draft.saveError}
          onChange={draft.rename}
        />
      }
      actions={
        <>
          {(!kind || draft.state !== 'saved') && <SaveState state={draft.state} />}
          <WorldMenu worldId={worldId} name={draft.name} />
        </>
      }
      notice={
        <>
          {failed && <ErrorNotice error={draft.saveError} onRetry={draft.retry} />}
          <UnreadableNote parts={draft.world.unreadable} />
          <WorldTabs worldId={worldId} tab={tab} />
        </>
      }
      side={kind && entries.data && <EntryList worldId={worldId} kind={kind} entries={entries.data} openId={shown} />}
    >
      {kind && entries.error && <ErrorNotice error={entries.error} onRetry={() => void entries.refetch()} />}
      {kind && entries.data?.length === 0 && <p className={classes.empty}>{t(`emptyKind.${kind}`)}</p>}
      {kind && shown && <EntryEditor key={shown} worldId={worldId} id={shown} />}
      {kind === 'lore' && <WakeTestBox worldId={worldId} />}
      {!kind && <GroupedForm groups={worldForm} defaults={defaults} values={draft.values} onChange={draft.change} />}
    </EditorFrame>
  )
}

function WorldTabs({ worldId, tab }: { worldId: WorldId; tab: WorldTab }) {
  const { t } = useTranslation('worlds')
  const [, go] = useLocation()
  return (
    <Tabs
      value={tab}
      onChange={(next) => go(`/worlds/${worldId}/${tabOf(next ?? undefined)}`)}
      className={classes.tabs}
    >
      <Tabs.List aria-label={t('parts')}>
        {worldTabs.map((each) => (
          <Tabs.Tab key={each} value={each}>
            {t(`tabs.${each}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
    </Tabs>
  )
}
