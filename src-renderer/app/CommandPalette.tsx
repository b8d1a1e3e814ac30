import { isActionsGroup, Spotlight, spotlight, type SpotlightActionData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filterCommands, firstCommands } from './palette-filter'
import { opensPalette } from './palette-keys'
import { useCommands } from './use-commands'
import classes from './CommandPalette.module.css'

/** Commands that are shown at once; the rest is found by typing. */
const MOST_SHOWN = 40

/** Everything that can be gone to or done, by typing a part of its name. */
export function CommandPalette() {
  const { t } = useTranslation('frame')
  const [typed, setTyped] = useState('')
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!opensPalette(event)) return
      event.preventDefault()
      spotlight.toggle()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  return (
    <Spotlight.Root
      query={typed}
      onQueryChange={setTyped}
      shortcut={null}
      classNames={{ body: classes.body }}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': t('places.commands') } }}
      scrollable
      maxHeight={420}
    >
      <Commands typed={typed} />
    </Spotlight.Root>
  )
}

/** What is in the palette. It is there only while that is open: what it reads changes often, and nobody looks at it. */
function Commands({ typed }: { typed: string }) {
  const { t } = useTranslation('frame')
  const found = firstCommands(filterCommands(typed, useCommands()), MOST_SHOWN)
  return (
    <>
      <Spotlight.Search
        leftSection={<IconSearch size={18} stroke={1.5} />}
        placeholder={t('palette.placeholder')}
        aria-label={t('palette.placeholder')}
      />
      {found.length === 0 ? (
        <Spotlight.Empty>{t('palette.nothing')}</Spotlight.Empty>
      ) : (
        <Spotlight.ActionsList>
          {found.map((each) =>
            isActionsGroup(each) ? (
              <Spotlight.ActionsGroup key={each.group} label={each.group}>
                {each.actions.map(commandRow)}
              </Spotlight.ActionsGroup>
            ) : (
              commandRow(each)
            )
          )}
        </Spotlight.ActionsList>
      )}
    </>
  )
}

const commandRow = ({ id, ...command }: SpotlightActionData) => <Spotlight.Action key={id} {...command} />
