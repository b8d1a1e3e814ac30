import { Button, SegmentedControl } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Role, RolePrompt } from '@contract/entities/preset'
import type { StoryId } from '@contract/ids'
import { Language } from '@contract/values'
import { TemplateEditor } from '@renderer/components/code-editor/TemplateEditor'
import { notifyUndo } from '@renderer/components/notify'
import { useLanguage, useLocal } from '@renderer/components/use-local'
import { Fold } from '@renderer/domain/role-form/Fold'
import { ResetButton } from '@renderer/domain/settings-form/ResetButton'
import { OwnPrompt } from './OwnPrompt'
import { useBuiltIn, useOrigin } from './use-built-in'
import classes from './RolePrompt.module.css'

interface Props {
  role: Role
  /** The language of the story; null where stories in each language are served. */
  language: Language | null
  /** In whose next turn a prompt can be tried out; null where the writer chooses one. */
  storyId: StoryId | null
  /** The writer's own prompt that is in effect; null for the built-in one. */
  prompt: RolePrompt | null
  /** That prompt belongs to the layer that is edited. */
  isOwn: boolean
  /** Where it comes from, in the user's language. */
  origin: ReactNode
  /** What the writer should know of the layer below. */
  note?: ReactNode
  /** Gives it back to the layer below; null when it is the layer's own already. */
  reset: { label: string; run: () => void } | null
  onChange: (prompt: RolePrompt) => void
  /** Puts the built-in one in the place of the layer below's; absent where there is no such layer. */
  onBuiltIn?: (() => void) | undefined
}

/** What a role is told: the built-in prompt to read, or the writer's own to write. */
export function PromptFold({ role, prompt, isOwn, ...props }: Props) {
  const { t } = useTranslation('prompts')
  const local = useLocal()
  const { changed } = useOrigin(role.id, prompt)
  /** A copy of the layer below's that says the same still: it is the layer's own with the first letter that differs. */
  const [isBegun, setBegun] = useState(false)
  if (!role.prompted) return null
  const own = (isOwn || isBegun) && prompt !== null
  const summary = () => {
    if (!prompt) return t('summary.builtIn')
    if (!own) return t('summary.preset')
    return t(changed ? 'summary.changed' : 'summary.own')
  }
  const reset = () => {
    setBegun(false)
    props.reset?.run()
    const undo = () => {
      if (prompt) props.onChange(prompt)
      else props.onBuiltIn?.()
    }
    notifyUndo({ text: t('resetDone', { role: local(role.name) }), undo })
  }
  return (
    <Fold title={t('title')} summary={summary()} set={isOwn && prompt ? 1 : 0} lazy>
      <div className={classes.prompt}>
        <div className={classes.origin}>
          <span>{props.origin}</span>
          {props.reset && <ResetButton name={t('title')} reset={props.reset.label} onClick={reset} />}
        </div>
        {props.note}
        {own ? (
          <OwnPrompt
            role={role.id}
            roleName={local(role.name)}
            afterTurn={role.afterTurn === true}
            prompt={prompt}
            storyId={props.storyId}
            onChange={props.onChange}
          />
        ) : (
          <GivenPrompt {...props} role={role} prompt={prompt} onCopy={() => setBegun(true)} />
        )}
      </div>
    </Fold>
  )
}

interface GivenProps extends Pick<Props, 'role' | 'prompt' | 'language' | 'onChange' | 'onBuiltIn'> {
  onCopy: () => void
}

/** The built-in prompt, or that of the layer below, with the way to write another one. */
function GivenPrompt({ role, prompt, language, onChange, onBuiltIn, onCopy }: GivenProps) {
  const { t } = useTranslation('prompts')
  const local = useLocal()
  const ui = useLanguage()
  const [chosen, setChosen] = useState(ui)
  const shown = language ?? chosen
  // Both at once, so that one takes the other's place without a gap.
  const builtIn = { en: useBuiltIn(role.id, 'en'), ru: useBuiltIn(role.id, 'ru') }[shown]
  const text = prompt?.text ?? builtIn?.text
  const name = local(role.name)
  const begin = () => {
    if (prompt) onCopy()
    else if (builtIn) onChange({ text: builtIn.text, madeOf: { language: shown, digest: builtIn.digest } })
  }
  return (
    <>
      {!prompt && language === null && (
        <SegmentedControl
          size="xs"
          aria-label={t('language')}
          value={chosen}
          data={Language.options.map((value) => ({ value, label: t(`languages.${value}`) }))}
          onChange={(value) => setChosen(Language.parse(value))}
        />
      )}
      {text !== undefined && (
        <TemplateEditor label={t(prompt ? 'label' : 'builtInLabel', { role: name })} value={text} />
      )}
      <div className={classes.actions}>
        <Button variant="default" size="xs" disabled={text === undefined} onClick={begin}>
          {t(prompt ? 'editFrom' : 'edit')}
        </Button>
        {prompt && onBuiltIn && (
          <Button variant="subtle" color="gray" size="xs" onClick={onBuiltIn}>
            {t('useBuiltIn')}
          </Button>
        )}
        <span className={classes.help}>
          {t(prompt ? 'editFromHelp' : 'editHelp')} {!prompt && language === null && t('everyLanguage')}
        </span>
      </div>
    </>
  )
}
