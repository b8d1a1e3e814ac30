import { Spotlight, spotlight, type SpotlightActionGroupData } from '@mantine/spotlight'
import { IconSearch } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { filterCommands } from './palette-filter'
import { opensPalette } from './palette-keys'
import { useCommands } from './use-commands'
import classes from './CommandPalette.module.css'

/** Everything that can be gone to or done, by typing a part of its name. */
export function CommandPalette() {
  const { t } = useTranslation('frame')
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!opensPalette(event)) return
      event.preventDefault()
      spotlight.toggle()
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
  // Stories and presets are read while the palette is open, and not with every change while it is not.
  const [open, setOpen] = useState(false)
  const groups: SpotlightActionGroupData[] = useCommands(open)
  return (
    <Spotlight
      actions={groups}
      shortcut={null}
      filter={filterCommands}
      classNames={{ body: classes.body }}
      onSpotlightOpen={() => setOpen(true)}
      onSpotlightClose={() => setOpen(false)}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      attributes={{ content: { 'aria-label': t('places.commands') } }}
      limit={40}
      scrollable
      maxHeight={420}
      nothingFound={t('palette.nothing')}
      searchProps={{
        leftSection: <IconSearch size={18} stroke={1.5} />,
        placeholder: t('palette.placeholder'),
        'aria-label': t('palette.placeholder'),
      }}
    />
  )
}
