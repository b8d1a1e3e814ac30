import { useTranslation } from 'react-i18next'
import type { TemplateId } from '@contract/ids'
import { IconSparkles, IconX } from '@tabler/icons-react'
import { EmptyState } from '@renderer/components/EmptyState'
import { IconButton } from '@renderer/components/IconButton'
import { GenerationCard } from '@renderer/domain/generation/GenerationCard'
import { Batches } from './Batches'
import { useShown } from './use-shown'
import classes from './UseTab.module.css'

/** What came of a template: the last answer, another one beside it, and what runs in the background. */
export function Results({ templateId }: { templateId: TemplateId }) {
  const { t } = useTranslation('generations')
  const { shown, show } = useShown(templateId)
  return (
    <section className={classes.results} aria-label={t('use.result')}>
      {shown.length === 0 && <EmptyState icon={<IconSparkles size={28} stroke={1.4} />} text={t('use.none')} />}
      <div className={classes.cards} data-beside={shown.length > 1 || undefined}>
        {shown.map((id) => (
          <div key={id} className={classes.one}>
            {shown.length > 1 && (
              <div className={classes.close}>
                <IconButton label={t('use.besideLabel')} onClick={() => show(shown.filter((other) => other !== id))}>
                  <IconX size={16} aria-hidden />
                </IconButton>
              </div>
            )}
            <GenerationCard
              id={id}
              onAgain={(made, beside) =>
                show(beside ? [id, made] : shown.map((other) => (other === id ? made : other)))
              }
            />
          </div>
        ))}
      </div>
      <Batches templateId={templateId} />
    </section>
  )
}
