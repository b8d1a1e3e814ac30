import { useTranslation } from 'react-i18next'
import type { ModelSettings } from '@contract/entities/model-config'
import type { JsonValue } from '@contract/values'
import type { ModelKind } from '@contract/entities/model'
import type { ModelChoice } from '@renderer/domain/model-picker/model-choice'
import { ModelPicker } from '@renderer/domain/model-picker/ModelPicker'
import type { Models } from '@renderer/domain/model-picker/use-models'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import { SettingRow } from '@renderer/domain/settings-form/SettingRow'
import type { Base } from './base'
import { choiceOf, chooseModel } from './model-settings'
import { useLeftNotice } from './use-left-notice'

interface Props {
  kind: ModelKind
  /** Names the picker for screen readers: "Model of Storyteller". */
  label: string
  help: string
  own: ModelSettings
  base: Base | null
  models: Models
  /** It cannot be taken out: nothing lies below that could take its place. */
  required?: boolean
  /** Asked with `['model']`. */
  mark?: MarkOf | undefined
  onChange: (change: (before: ModelSettings) => ModelSettings) => void
}

/** Which model does the work. */
export function ModelRow({ kind, label, help, own, base, models, required = false, mark, onChange }: Props) {
  const { t } = useTranslation('presets')
  const chosenHere = choiceOf(own)
  const inherited = choiceOf(base?.settings)
  const shown = chosenHere ?? inherited
  const tellWhatWasLeft = useLeftNotice()

  const choose = (choice: ModelChoice | null) => {
    const to = models.providers.find(({ id }) => id === (choice ?? inherited)?.providerId)
    const chosen = chooseModel(own, choice, kind, shown?.providerId, to)
    tellWhatWasLeft(chosen.left, to?.name ?? '', () => onChange(() => own))
    onChange(() => chosen.settings)
  }

  /** A model by its id; where only the provider or the server is another, that one. */
  const show = (value: JsonValue | undefined) =>
    models.providers.find(({ id }) => id === value)?.name ??
    models.index.find(({ server }) => server?.id === value)?.server?.name ??
    (typeof value === 'string' ? value : t('form.notSet'))
  const marked = mark?.(['model'], show, t('model.name'))
  const origin = () => {
    if (marked) return marked.origin
    if (!shown) return t('form.notSet')
    // What is chosen here needs no word: the cross beside it says so.
    return chosenHere ? null : base?.name
  }
  return (
    <SettingRow
      name={t('model.name')}
      help={help}
      wide
      origin={
        <>
          <span>{origin()}</span>
          {marked?.reset && (
            <ResetButton name={t('model.name')} reset={marked.reset.label} onClick={marked.reset.run} />
          )}
          {chosenHere && !required && !mark && (
            <ResetButton
              name={t('model.name')}
              reset={inherited ? base?.reset : undefined}
              onClick={() => choose(null)}
            />
          )}
        </>
      }
      note={marked?.note}
    >
      <ModelPicker label={label} kind={kind} value={chosenHere} inherited={inherited} onChange={choose} />
    </SettingRow>
  )
}
