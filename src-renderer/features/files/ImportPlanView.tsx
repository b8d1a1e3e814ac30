import { useTranslation } from 'react-i18next'
import type { ImportPlan } from '@contract/routes/files'
import { ConflictRows } from './ConflictRows'
import { ForeignModel } from './ForeignModel'
import { Losses } from './Losses'
import { MissingRows } from './MissingRows'
import type { Choices } from './import-choices'
import classes from './Files.module.css'

interface Props {
  plan: ImportPlan
  choices: Choices
  onChoose: (change: Partial<Choices>) => void
}

/** Names shown of what raises no question; the rest is counted. */
const NAMES = 12

const kinds = ['preset', 'modelConfig', 'provider'] as const

/** What an import would do, item by item, with what it asks. */
export function ImportPlanView({ plan, choices, onChoose }: Props) {
  const { t } = useTranslation('files')
  const groups = kinds.flatMap((kind) => {
    const items = plan.items.filter((item) => item.kind === kind)
    return items.length === 0 ? [] : [{ kind, items }]
  })
  return (
    <div className={classes.plan}>
      {groups.length === 0 && <p className={classes.quiet}>{t('plan.empty')}</p>}
      {groups.map(({ kind, items }) => (
        <section key={kind} aria-label={t(`kind.${kind}`)}>
          <h3 className={classes.heading}>{t(`kind.${kind}`)}</h3>
          <Names label={t('plan.new')} items={items.filter(({ conflict }) => conflict === null)} />
          <Names label={t('plan.same')} items={items.filter(({ conflict }) => conflict === 'same')} />
          <ConflictRows
            items={items.filter(({ conflict }) => conflict === 'different')}
            choices={choices}
            onChoose={onChoose}
          />
        </section>
      ))}
      {plan.format !== 'fabula' && <ForeignModel plan={plan} choices={choices} onChoose={onChoose} />}
      <MissingRows missing={plan.missing} choices={choices} onChoose={onChoose} />
      <Losses losses={plan.losses} />
    </div>
  )
}

function Names({ label, items }: { label: string; items: ImportPlan['items'] }) {
  const { t } = useTranslation('files')
  if (items.length === 0) return null
  const more = items.length - NAMES
  return (
    <p className={classes.names}>
      <span className={classes.state}>{label}</span>
      <span>
        {items
          .slice(0, NAMES)
          .map(({ name }) => name)
          .join(', ')}
        {more > 0 && ` ${t('plan.more', { count: more })}`}
      </span>
    </p>
  )
}
