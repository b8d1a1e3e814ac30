import { useTranslation } from 'react-i18next'
import { Changes } from './Changes'
import { ConflictRows } from './ConflictRows'
import { ForeignModel } from './ForeignModel'
import { ItemLines } from './ItemLines'
import type { JoinedPlan } from './joined-plan'
import { Losses } from './Losses'
import { MissingRows } from './MissingRows'
import { PassageEndsOfText } from './PassageEndsOfText'
import { PresetForPrompt } from './PresetForPrompt'
import { StoryForWorld } from './StoryForWorld'
import { TemplateFiles } from './TemplateFiles'
import { WorldForImport } from './WorldForImport'
import type { Choices } from './import-choices'
import classes from './Files.module.css'

interface Props {
  plan: JoinedPlan
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

const kinds = [
  'story',
  'world',
  'character',
  'lorebook',
  'template',
  'preset',
  'prompt',
  'modelConfig',
  'provider',
] as const

/** What an import would do, item by item, with what it asks. */
export function ImportPlanView({ plan, choices, onChoose }: Props) {
  const { t } = useTranslation('files')
  const groups = kinds.flatMap((kind) => {
    const items = plan.items.filter((item) => item.kind === kind)
    return items.length === 0 ? [] : [{ kind, items }]
  })
  return (
    <div className={classes.plan}>
      {groups.length === 0 && plan.templates.length === 0 && <p className={classes.quiet}>{t('plan.empty')}</p>}
      {groups.map(({ kind, items }) => (
        <section key={kind} aria-label={t(`kind.${kind}`)}>
          <h3 className={classes.heading}>{t(`kind.${kind}`)}</h3>
          <ItemLines label={t('plan.new')} items={items.filter(({ conflict }) => conflict === null)} facts />
          <ItemLines label={t('plan.same')} items={items.filter(({ conflict }) => conflict === 'same')} facts={false} />
          <ConflictRows
            items={items.filter(({ conflict }) => conflict === 'different')}
            choices={choices}
            onChoose={onChoose}
          />
        </section>
      ))}
      {plan.hasText && <PassageEndsOfText choices={choices} onChoose={onChoose} />}
      {plan.newWorld !== null && <WorldForImport newWorld={plan.newWorld} choices={choices} onChoose={onChoose} />}
      {plan.newWorld !== null && <StoryForWorld choices={choices} onChoose={onChoose} />}
      {plan.items.some(({ kind }) => kind === 'prompt') && <PresetForPrompt choices={choices} onChoose={onChoose} />}
      <TemplateFiles files={plan.templates} />
      {plan.foreign && <ForeignModel plan={plan} choices={choices} onChoose={onChoose} />}
      <MissingRows missing={plan.missing} choices={choices} onChoose={onChoose} />
      <Changes changes={plan.changes} />
      <Losses files={plan.losses} />
    </div>
  )
}
