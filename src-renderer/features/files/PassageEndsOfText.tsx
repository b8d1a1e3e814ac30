import { NativeSelect } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { Choices } from './import-choices'
import classes from './Files.module.css'

const ends = ['scene', 'paragraph', 'chapter'] as const

/** Where the passages of a text end, which has none of its own. */
export function PassageEndsOfText({
  choices: { passages },
  onChoose,
}: {
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}) {
  const { t } = useTranslation('files')
  return (
    <section aria-label={t('passages.title')}>
      <h3 className={classes.heading}>{t('passages.title')}</h3>
      <p className={classes.help}>{t('passages.help')}</p>
      <NativeSelect
        size="sm"
        aria-label={t('passages.title')}
        value={passages}
        data={ends.map((value) => ({ value, label: t(`passages.${value}`) }))}
        onChange={({ currentTarget: { value } }) =>
          onChoose({ passages: ends.find((one) => one === value) ?? 'scene' })
        }
      />
    </section>
  )
}
