import { useTranslation } from 'react-i18next'
import type { TurnStep } from '@contract/entities/turn'
import { useRoute } from '@renderer/api/queries'
import { useFieldWords } from '@renderer/domain/role-form/use-field-words'
import { FoldedText } from './FoldedText'
import classes from './Inspector.module.css'

/** Whom a step asked and with what: each setting with where it came from, and the parameters as they were sent. */
export function StepSettings({ step }: { step: TurnStep }) {
  const { t } = useTranslation('inspector')
  const words = useFieldWords()
  const providers = useRoute('providers.list', {}).data
  const { provider, server, tokenName, settings, parameters, dropped } = step
  const definition = providers?.find(({ name }) => name === provider)
  const asked = [
    provider,
    server === null ? null : t('server', { name: server }),
    tokenName === null ? null : t('key', { name: tokenName }),
  ].filter((part) => part !== null && part !== '')
  return (
    <div className={classes.answer}>
      {asked.length > 0 && <p className={classes.note}>{asked.join(' · ')}</p>}
      {settings.length === 0 ? (
        <p className={classes.empty}>{t('noSettings')}</p>
      ) : (
        <table className={classes.settings}>
          <thead className={classes.hidden}>
            <tr>
              <th scope="col">{t('setting')}</th>
              <th scope="col">{t('value')}</th>
              <th scope="col">{t('from')}</th>
            </tr>
          </thead>
          <tbody>
            {settings.map(({ path, value, origin }) => {
              const { name, show } = words(path, 'chat', definition)
              return (
                <tr key={path}>
                  <th scope="row">{name}</th>
                  <td>{show(value)}</td>
                  <td data-origin={origin}>{t(`origin.${origin}`)}</td>
                </tr>
              )
            })}
          </tbody>
        </table>
      )}
      {dropped.length > 0 && <p className={classes.leftOut}>{t('dropped', { settings: dropped.join(', ') })}</p>}
      <FoldedText title={t('parameters')} text={JSON.stringify(parameters, null, 2)} />
    </div>
  )
}
