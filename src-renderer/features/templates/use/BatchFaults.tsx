import { Button, UnstyledButton } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RowFault } from '@contract/entities/batch'
import type { InputVariable } from '@contract/entities/template'
import { useFormat } from '@renderer/components/format'
import { useFaultText } from './fault-words'
import classes from './Batches.module.css'

const PAGE = 50
/** Lines of the file that are shown of a row. */
const LINES = 3

interface Props {
  variables: readonly InputVariable[]
  faults: readonly RowFault[]
  /** Of the whole list; empty where there is none. */
  text: string
}

/** What is wrong with the rows of a list, each with its place in the file. */
export function BatchFaults({ variables, faults, text }: Props) {
  const { t } = useTranslation('generations')
  const format = useFormat()
  const faultText = useFaultText(variables)
  const [shown, setShown] = useState(PAGE)
  const [open, setOpen] = useState<number | null>(null)
  const lines = useMemo(() => text.split(/\r\n|\n|\r/), [text])
  return (
    <>
      <ul className={classes.faults} aria-label={t('plan.faults')}>
        {faults.slice(0, shown).map((fault, index) => (
          <li key={`${fault.row} ${fault.variable} ${fault.kind}`} className={classes.fault}>
            <UnstyledButton
              disabled={text === ''}
              aria-expanded={open === index}
              onClick={() => setOpen(open === index ? null : index)}
            >
              {text === ''
                ? faultText(fault)
                : t('plan.fault', {
                    row: format.number(fault.row),
                    line: format.number(fault.line),
                    fault: faultText(fault),
                  })}
            </UnstyledButton>
            {open === index && (
              <pre className={classes.faultLine}>
                {lines
                  .slice(fault.line - 1, fault.line - 1 + LINES)
                  .join('\n')
                  .slice(0, 1000)}
              </pre>
            )}
          </li>
        ))}
      </ul>
      {faults.length > shown && (
        <Button variant="subtle" color="gray" size="compact-sm" onClick={() => setShown(shown + PAGE)}>
          {t('value.more', { count: faults.length - shown, number: format.number(faults.length - shown) })}
        </Button>
      )}
    </>
  )
}
