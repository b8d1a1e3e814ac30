import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import type { TemplateContent } from '@contract/entities/template'
import { LONGEST_TEMPLATE } from '@contract/entities/template-text'
import { TemplatePart } from '@contract/routes/templates'
import { useRoute } from '@renderer/api/queries'
import { TemplateEditor } from '@renderer/components/code-editor/TemplateEditor'
import { useLanguage } from '@renderer/components/use-local'
import { NameList } from '@renderer/domain/role-prompt/NameList'
import { ProblemList } from '@renderer/domain/role-prompt/ProblemList'
import type { ChangeContent } from './use-template-draft'
import { MissingNames } from './MissingNames'
import { ModelPart } from './ModelPart'
import { Preview } from './Preview'
import { useCheck } from './use-check'
import classes from './Write.module.css'

interface Props {
  content: TemplateContent
  onChange: ChangeContent
}

const EXAMPLE = '{{ name }}'

/** The texts of a template, what is asked of which model, and beside them what the model would be sent. */
export function WriteTab({ content, onChange }: Props) {
  const { t } = useTranslation('templates')
  const language = useLanguage()
  const { data: ofStory } = useRoute('templates.storyVariables', {})
  const check = useCheck(content)
  const { variables } = content
  const names = useMemo(
    () => [
      ...variables.flatMap(({ name, label, type }) => {
        const one = { name, help: label }
        return type === 'file'
          ? [one, { name: `${name}.text`, help: label }, { name: `${name}.name`, help: label }]
          : [one]
      }),
      ...(ofStory ?? []).map(({ name, help }) => ({ name, help: help[language] })),
    ],
    [variables, ofStory, language]
  )
  return (
    <div className={classes.columns}>
      <div className={classes.texts}>
        {TemplatePart.options.map((part) => (
          <section key={part} aria-label={t(`write.${part}`)}>
            <h3 className={classes.heading}>{t(`write.${part}`)}</h3>
            <p className={classes.help}>{t(`write.${part}Help`, { example: EXAMPLE })}</p>
            <TemplateEditor
              label={t(`write.${part}`)}
              value={content[part]}
              onChange={(text) => onChange((before) => ({ ...before, [part]: text.slice(0, LONGEST_TEMPLATE) }))}
              marks={check.problems[part].problems ?? undefined}
              names={names}
            />
            {content[part].length >= LONGEST_TEMPLATE && (
              <p className={classes.limit}>{t('write.full', { count: LONGEST_TEMPLATE })}</p>
            )}
            {content[part] !== '' && <ProblemList {...check.problems[part]} />}
          </section>
        ))}
        <MissingNames content={content} check={check} onChange={onChange} />
        {ofStory && <NameList names={ofStory} />}
        <ModelPart content={content} onChange={onChange} />
      </div>
      <Preview content={content} />
    </div>
  )
}
