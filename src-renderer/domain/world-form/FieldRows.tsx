import type { WorldDifference } from '@contract/entities/story-world'
import { Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { JsonObject, JsonValue } from '@contract/values'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import { FieldControl } from './FieldControl'
import type { FieldSpec } from './fields'
import { useLabels } from './use-labels'
import classes from './WorldForm.module.css'

export interface FieldRowsProps {
  fields: readonly FieldSpec[]
  values: JsonObject
  onChange: (path: string, value: JsonValue) => void
  /** Where a story differs from its world; absent where a world itself is edited. */
  story?: { differences: readonly WorldDifference[]; onReset: (path: string) => void } | undefined
}

/** Fields one under another, short ones beside each other; what a story changes is red and can be given back. */
export function FieldRows({ fields, values, onChange, story }: FieldRowsProps) {
  return (
    <div className={classes.rows}>
      {fields
        .filter(({ path }) => isAsked(path, values))
        .map((spec) => (
          <FieldRow
            key={spec.path}
            spec={spec}
            value={values[spec.path]}
            onChange={(value) => onChange(spec.path, value)}
            difference={story?.differences.find(({ path }) => path === spec.path)}
            onReset={() => story?.onReset(spec.path)}
          />
        ))}
    </div>
  )
}

/** Depth and voice mean something only for what stands among the passages. */
const isAsked = (path: string, { position }: JsonObject) =>
  position === undefined || position === 'atDepth' || (path !== 'depth' && path !== 'depthVoice')

const SHORT: ReadonlySet<FieldSpec['control']> = new Set(['number', 'own', 'choice'])

function FieldRow({
  spec,
  value,
  onChange,
  difference,
  onReset,
}: {
  spec: FieldSpec
  value: JsonValue | undefined
  onChange: (value: JsonValue) => void
  difference: WorldDifference | undefined
  onReset: () => void
}) {
  const { t } = useTranslation('worlds')
  const { label } = useLabels(spec.path)
  return (
    <div
      className={classes.row}
      data-short={SHORT.has(spec.control) || undefined}
      data-differs={!!difference || undefined}
    >
      <FieldControl spec={spec} value={value} onChange={onChange} />
      {difference && (
        <div className={classes.difference}>
          <Text size="xs" c="var(--fab-rubric)">
            {t('story.differs')}
          </Text>
          <ResetButton name={label} reset={t('story.reset')} onClick={onReset} />
          {difference.outdated && (
            <Text size="xs" c="var(--fab-warning)" className={classes.outdated}>
              <IconAlertTriangle size={13} aria-hidden />
              {t('story.outdated')}
            </Text>
          )}
        </div>
      )}
    </div>
  )
}
