import { useTranslation } from 'react-i18next'
import type { EffectiveRole, Override } from '@contract/entities/effective'
import type { JsonObject, JsonValue } from '@contract/values'
import { isObject, sameJson, valueAt, withKey } from '@contract/json'
import type { Mark, MarkOf } from '@renderer/domain/settings-form/origin'
import { OutdatedNote } from './OutdatedNote'
import classes from './StorySettings.module.css'

interface Actions {
  change: (changes: Record<string, JsonValue>) => void
  giveBack: (paths: readonly string[]) => void
}

/** The fields behind a place of a form, the one that stands for all first. */
function fieldsAt(view: EffectiveRole, path: readonly string[]): string[] {
  const [group = '', name] = path
  if (group === 'model') return ['model', 'providerId', 'serverId']
  if (group === 'tokenIds') return ['tokenIds', 'tokenStrategy']
  if (group === 'custom')
    return [...new Set([...Object.keys(view.fields), ...Object.keys(view.overrides)])].filter((one) =>
      one.startsWith('custom.')
    )
  return [name === undefined ? group : `${group}.${name}`]
}

/** The value with another one at a path of keys. */
function placed(value: JsonValue, path: readonly string[], part: JsonValue | undefined): JsonValue {
  const [key, ...rest] = path
  if (key === undefined) return part ?? null
  const object: JsonObject = isObject(value) ? value : {}
  return withKey(object, key, rest.length === 0 ? part : placed(object[key] ?? {}, rest, part))
}

/** All that the story says about custom parameters, as the one value that the form shows. */
function customOverride(overrides: readonly [string, Override][]): Override {
  const whole = (of: 'value' | 'base' | 'inherited'): JsonValue => {
    const entries = overrides.filter(([, each]) => each[of] !== null)
    return entries.length === 0
      ? null
      : Object.fromEntries(entries.map(([path, each]) => [path.slice('custom.'.length), each[of]]))
  }
  return {
    value: whole('value'),
    base: whole('base'),
    inherited: whole('inherited'),
    outdated: overrides.some(([, { outdated }]) => outdated),
  }
}

const orNothing = (value: JsonValue | undefined) => (value === null ? undefined : value)

/** Says of each setting of a role whether it is the preset's or the story's own, and how the two stand. */
export function useMarks(view: EffectiveRole, { change, giveBack }: Actions): MarkOf {
  const { t } = useTranslation('story-settings')

  return (path, show, name): Mark | undefined => {
    const fields = fieldsAt(view, path)
    const own = fields.flatMap((one): [string, Override][] => {
      const found = view.overrides[one]
      return found ? [[one, found]] : []
    })
    const inside = path[0] === 'custom' ? [] : path.slice(2)
    const [first] = own
    const override = path[0] === 'custom' && first ? customOverride(own) : first?.[1]
    const [value, base, inherited] = override
      ? [override.value, override.base, override.inherited].map((each) => orNothing(valueAt(each, inside)))
      : []
    const differs = override !== undefined && (inside.length === 0 || !sameJson(value, inherited))
    const outdated = override?.outdated === true && !sameJson(base, inherited)
    if (!differs && !outdated) {
      const from = fields.map((one) => view.fields[one]).find((field) => field !== undefined)
      const set = from && (inside.length === 0 || valueAt(from.value, inside) !== undefined)
      return set ? { origin: t(`origin.${from.origin === 'story' ? 'preset' : from.origin}`), reset: null } : undefined
    }
    const back = () => {
      const paths = own.map(([one]) => one)
      const [whole = ''] = paths
      if (inside.length === 0) giveBack(paths)
      else change({ [whole]: placed(override?.value ?? {}, inside, inherited) })
    }
    const keep = () => change(Object.fromEntries(own.map(([one, each]) => [one, each.value])))
    return {
      origin: (
        <span className={classes.differs}>
          {t(value === undefined ? 'mark.notSetHere' : 'origin.story')}
          <span className={classes.says}>
            {inherited === undefined ? t('mark.unset') : t('mark.says', { value: show(inherited) })}
          </span>
        </span>
      ),
      note: outdated && (
        <OutdatedNote
          name={name}
          before={base === undefined ? null : show(base)}
          now={inherited === undefined ? null : show(inherited)}
          same={sameJson(value, inherited)}
          onKeep={keep}
          onTake={back}
        />
      ),
      reset: { label: t('mark.reset'), run: back },
    }
  }
}
