import type { WorldEntryKind } from '@contract/entities/world'
import type { JsonObject } from '@contract/values'
import { useTranslation } from 'react-i18next'
import { sameJson } from '@contract/json'
import { entryFields } from '@contract/entities/world'
import { Fold } from '@renderer/domain/role-form/Fold'
import { FieldRows, type FieldRowsProps } from './FieldRows'
import { entryForms, type FieldGroup } from './fields'
import classes from './WorldForm.module.css'

type Props = Omit<FieldRowsProps, 'fields'> & { groups: readonly FieldGroup[]; defaults: JsonObject }

/** The fields of an entry: the first group open, the others folded, each with how many of its fields say something. */
export function GroupedForm({ groups, defaults, ...rows }: Props) {
  const { t } = useTranslation('worlds')
  const [first, ...others] = groups
  if (!first) return null
  const isSet = (path: string) => !sameJson(rows.values[path], defaults[path])
  return (
    <>
      <FieldRows fields={first.fields} {...rows} />
      {others.length > 0 && (
        <div className={classes.groups}>
          {others.map(
            ({ name, fields }) =>
              name !== 'main' && (
                <Fold
                  key={name}
                  title={t(`groups.${name}.title`)}
                  summary={t(`groups.${name}.summary`)}
                  set={fields.filter(({ path }) => isSet(path)).length}
                >
                  <FieldRows fields={fields} {...rows} />
                </Fold>
              )
          )}
        </div>
      )}
    </>
  )
}

/** All that can be said of a character, a place, a persona or an entry of lore. */
export function EntryForm({ kind, ...rows }: Omit<FieldRowsProps, 'fields'> & { kind: WorldEntryKind }) {
  return <GroupedForm groups={entryForms[kind]} defaults={defaults[kind]} {...rows} />
}

const defaults: Readonly<Record<WorldEntryKind, JsonObject>> = {
  character: entryFields.character.parse({}),
  place: entryFields.place.parse({}),
  persona: entryFields.persona.parse({}),
  lore: entryFields.lore.parse({}),
}
