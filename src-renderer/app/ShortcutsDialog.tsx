import { Kbd, Modal } from '@mantine/core'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useShortcuts } from '@renderer/stores/ui-shortcuts'
import { opensShortcuts, shortcuts } from './shortcuts'
import classes from './ShortcutsDialog.module.css'

/** All that can be done by keys alone. Opens on a question mark, and from the palette. */
export function ShortcutsDialog() {
  const { t } = useTranslation(['frame', 'common'])
  const { isOpen, setOpen } = useShortcuts()
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!opensShortcuts(event)) return
      event.preventDefault()
      setOpen(true)
    }
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [setOpen])
  return (
    <Modal
      opened={isOpen}
      onClose={() => setOpen(false)}
      title={t('shortcuts.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {shortcuts.map(({ part, rows }) => (
        <section key={part} className={classes.part}>
          <h3 className={classes.heading}>{t(`shortcuts.parts.${part}`)}</h3>
          <dl className={classes.rows}>
            {rows.map(({ name, keys }) => (
              <div key={name} className={classes.row}>
                <dt>{t(`shortcuts.does.${name}`)}</dt>
                <dd className={classes.keys}>
                  {keys.map((each) => (
                    <Kbd key={each}>{each}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </Modal>
  )
}
