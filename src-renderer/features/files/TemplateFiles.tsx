import { useTranslation } from 'react-i18next'
import type { JoinedPlan } from './joined-plan'
import classes from './Files.module.css'

/** Files that hold templates, which are not taken in: what each of them is. */
export function TemplateFiles({ files }: { files: JoinedPlan['templates'] }) {
  const { t, i18n } = useTranslation('files')
  if (files.length === 0) return null
  const list = new Intl.ListFormat(i18n.language)
  return (
    <section aria-label={t('templates.title')}>
      <h3 className={classes.heading}>{t('templates.title')}</h3>
      <ul className={classes.lines}>
        {files.map(({ fileName, templates }, place) => (
          <li key={`${fileName}/${place}`}>
            {t('templates.file', {
              name: fileName,
              kinds: list.format(templates.map((kind) => t(`templates.${kind}`))),
            })}
          </li>
        ))}
      </ul>
      <p className={classes.help}>{t('templates.help')}</p>
    </section>
  )
}
