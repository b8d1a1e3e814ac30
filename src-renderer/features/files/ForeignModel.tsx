import { useTranslation } from 'react-i18next'
import { ModelPicker } from '@renderer/domain/model-picker/ModelPicker'
import type { Choices } from './import-choices'
import type { JoinedPlan } from './joined-plan'
import classes from './Files.module.css'

interface Props {
  plan: JoinedPlan
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

/** The model that a SillyTavern preset is for: which settings come over depends on it. */
export function ForeignModel({ plan, choices, onChoose }: Props) {
  const { t } = useTranslation('files')
  return (
    <section aria-label={t('foreign.title')}>
      <h3 className={classes.heading}>{t('foreign.title')}</h3>
      <p className={classes.help}>
        {t(choices.model ? 'foreign.help' : plan.needsModel ? 'foreign.needed' : 'foreign.inFile')}
      </p>
      <ModelPicker
        label={t('foreign.title')}
        kind="chat"
        value={choices.model}
        onChange={(model) => onChoose({ model })}
      />
    </section>
  )
}
