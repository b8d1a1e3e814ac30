import type { ReactNode } from 'react'
import type { ModelKind } from '@contract/entities/model'
import type { ModelSettings, RoleWork } from '@contract/entities/model-config'
import { useModels } from '@renderer/domain/model-picker/use-models'
import type { MarkOf } from '@renderer/domain/settings-form/origin'
import type { Base } from './base'
import { KeysRow } from './KeysRow'
import { ModelRow } from './ModelRow'
import { choiceOf, withSettings } from './model-settings'
import { RequestRows } from './RequestRows'
import { WorkFields } from './WorkFields'

interface Props {
  kind: ModelKind
  /** Names the model picker for screen readers: "Model of Storyteller". */
  modelLabel: string
  modelHelp: string
  modelRequired?: boolean
  own: ModelSettings
  /** What applies where `own` says nothing. */
  base: Base | null
  /** The layer that is edited, in the user's language: "Preset". */
  here: string
  /** For rows of all that is in effect: how each value stands, by its place in the settings. */
  mark?: MarkOf | undefined
  /** What can be said of how the role works in a turn. */
  work?: readonly (keyof RoleWork)[] | undefined
  /** Rows between the model and its keys. */
  afterModel?: ReactNode
  onChange: (change: (before: ModelSettings) => ModelSettings) => void
}

/** Everything that can be said about the calls of one model, as rows. */
export function ModelSettingsRows({ kind, own, base, here, mark, onChange, ...props }: Props) {
  const models = useModels()
  const choice = choiceOf({ ...base?.settings, ...own })
  const provider = models.providers.find(({ id }) => id === (own.providerId ?? base?.settings.providerId))
  const set = (part: Partial<ModelSettings>) => onChange((before) => withSettings(before, part))
  return (
    <>
      <ModelRow
        kind={kind}
        label={props.modelLabel}
        help={props.modelHelp}
        required={props.modelRequired ?? false}
        own={own}
        base={base}
        models={models}
        mark={mark}
        onChange={onChange}
      />
      {props.afterModel}
      {props.work && (
        <WorkFields
          fields={props.work}
          own={own.work}
          base={base}
          here={here}
          mark={mark}
          onChange={(work) => set({ work })}
        />
      )}
      {provider && (
        <>
          <KeysRow provider={provider} own={own} base={base} here={here} mark={mark} onChange={set} />
          <RequestRows
            kind={kind}
            provider={provider}
            choice={choice}
            own={own}
            base={base}
            here={here}
            mark={mark}
            onChange={set}
          />
        </>
      )}
    </>
  )
}
