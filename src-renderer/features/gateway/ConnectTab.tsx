import { Button, Group, SegmentedControl, Select, Switch } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import { STAGE_VOICE, type Gateway } from '@contract/entities/gateway'
import { useRoute } from '@renderer/api/queries'
import { CopyText } from '@renderer/components/CopyText'
import { exampleCode, exampleNames, isByHand, type ExampleName } from './examples'
import classes from './Gateway.module.css'

/** How a program is told of the gateway: code to copy, or what to put into its settings. */
export function ConnectTab({ gateway }: { gateway: Gateway }) {
  const { t } = useTranslation('gateway')
  const [name, setName] = useState<ExampleName>('curl')
  const [streams, setStreams] = useState(false)
  const [chosen, setChosen] = useState<string | null>(null)
  const [search, setSearch] = useState<string | null>(null)
  const names = useRoute('gateway.models', {})
  // The examples ask for words.
  const models = (names.data ?? []).filter((one) => one !== STAGE_VOICE)
  const model = chosen ?? models[0] ?? ''
  const { settings } = gateway
  const url = gateway.url ?? `http://127.0.0.1:${settings.port}/v1`
  return (
    <>
      <div className={classes.lead}>
        <p className={classes.help}>{t('connect.help')}</p>
        <Button variant="default" component={Link} href="/gateway/keys">
          {t('connect.makeKey')}
        </Button>
      </div>
      <div className={classes.chosen}>
        <Select
          label={t('connect.model')}
          description={t('connect.modelHelp')}
          inputWrapperOrder={['label', 'input', 'description']}
          value={model === '' ? null : model}
          searchable
          searchValue={search ?? model}
          placeholder={model}
          onSearchChange={setSearch}
          // What is chosen must not narrow the list that is opened to choose another.
          onDropdownOpen={() => setSearch('')}
          onDropdownClose={() => setSearch(null)}
          allowDeselect={false}
          nothingFoundMessage={t('connect.nothing')}
          onChange={setChosen}
          data={models}
          limit={20}
          className={classes.model}
        />
        <CopyText text={model} label={t('connect.copyModel')} />
      </div>
      <Group mb="sm">
        <SegmentedControl<ExampleName>
          aria-label={t('connect.program')}
          value={name}
          onChange={setName}
          data={exampleNames.map((value) => ({ value, label: t(`connect.${value}.name`) }))}
        />
        {!isByHand(name) && (
          <Switch
            label={t('connect.streams')}
            checked={streams}
            onChange={(event) => setStreams(event.currentTarget.checked)}
          />
        )}
      </Group>
      {isByHand(name) ? (
        <ol className={classes.steps}>
          {([1, 2, 3] as const).map((step) => (
            <li key={step}>{t(`connect.${name}.step${step}`, { url, model })}</li>
          ))}
        </ol>
      ) : (
        <Example code={exampleCode(name, { url, model, line: t('connect.line'), streams })} />
      )}
    </>
  )
}

function Example({ code }: { code: string }) {
  return (
    <figure className={classes.example}>
      <pre className={classes.code}>{code}</pre>
      <span className={classes.copy}>
        <CopyText text={code} />
      </span>
    </figure>
  )
}
