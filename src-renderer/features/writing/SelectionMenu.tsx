import { Button } from '@mantine/core'
import { IconSparkles, IconTemplate } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { StoryId } from '@contract/ids'
import { useMediaDialog } from '@renderer/stores/media-dialog'
import { selectionOnPage, useTemplateDialog } from '@renderer/stores/template-dialog'
import classes from './SelectionMenu.module.css'

/** CSS pixels between the selection and its menu. */
const GAP = 8

/** What can be done with words that are selected in the story, beside them once the pointer has let go. */
export function SelectionMenu({ storyId }: { storyId: StoryId }) {
  const { t } = useTranslation(['generations', 'media'])
  const open = useTemplateDialog((state) => state.open)
  const [place, setPlace] = useState<{ left: number; top: number } | null>(null)
  useEffect(() => {
    const { select } = useTemplateDialog.getState()
    const change = () => {
      const selected = selectionOnPage()
      select(selected?.text ?? '')
      if (!selected) setPlace(null)
    }
    const show = () => {
      const box = selectionOnPage()?.range.getBoundingClientRect?.()
      setPlace(box ? { left: box.left + box.width / 2, top: Math.max(GAP, box.top - GAP) } : null)
    }
    const hide = () => setPlace(null)
    document.addEventListener('selectionchange', change)
    document.addEventListener('pointerup', show)
    window.addEventListener('scroll', hide, { capture: true, passive: true })
    return () => {
      document.removeEventListener('selectionchange', change)
      document.removeEventListener('pointerup', show)
      window.removeEventListener('scroll', hide, { capture: true })
      select('')
    }
  }, [])
  if (!place) return null
  return (
    <div className={classes.menu} style={place}>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconTemplate size={15} stroke={1.6} aria-hidden />}
        // The selection would be gone before the click.
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => {
          setPlace(null)
          open(storyId)
        }}
      >
        {t('dialog.title')}
      </Button>
      <Button
        variant="default"
        size="compact-sm"
        leftSection={<IconSparkles size={15} stroke={1.6} aria-hidden />}
        onPointerDown={(event) => event.preventDefault()}
        onClick={() => {
          const selected = selectionOnPage()
          setPlace(null)
          if (!selected) return
          const { text, messageId } = selected
          useMediaDialog.getState().open({ stage: null, storyId, messageId, sourceId: null, text })
        }}
      >
        {t('media:make.of')}
      </Button>
    </div>
  )
}
