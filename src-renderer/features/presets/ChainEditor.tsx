import { ActionIcon, Anchor, Button, Select, VisuallyHidden } from '@mantine/core'
import { IconGripVertical, IconPlus, IconX } from '@tabler/icons-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Link } from 'wouter'
import type { ModelConfig } from '@contract/entities/model-config'
import { ModelConfigId } from '@contract/ids'
import type { ConfigFacts } from '@renderer/domain/role-form/config-facts'
import { NewConfigDialog } from '@renderer/domain/role-form/NewConfigDialog'
import { useReorder } from '@renderer/components/use-reorder'
import classes from './ChainEditor.module.css'

export interface ChainLink {
  id: ModelConfigId
  name: string
  facts: ConfigFacts | null
  /** Without consent it is not called. */
  passedOver: boolean
}

interface Props {
  title: string
  help: string
  links: readonly ChainLink[]
  /** All that could stand in it. */
  configs: readonly ModelConfig[]
  onChange: (chain: ModelConfigId[]) => void
}

const LONGEST = 20

/** Model configs in the order they are tried: dragged by the mouse, or moved with the arrow keys on their grip. */
export function ChainEditor({ title, help, links, configs, onChange }: Props) {
  const { t } = useTranslation('presets')
  const titleId = useId()
  const [making, setMaking] = useState(false)
  const ids = links.map(({ id }) => id)
  const nameOf = (id: ModelConfigId) => configs.find((config) => config.id === id)?.name ?? ''
  const order = useReorder({
    ids,
    onMove: onChange,
    say: (id, place, of) => t('fallback.moved', { name: nameOf(id), place, of }),
  })
  const rest = configs.filter(({ id }) => !ids.includes(id))
  const add = (id: ModelConfigId) => onChange([...ids, id])
  return (
    <section className={classes.chain} aria-labelledby={titleId}>
      <h5 className={classes.title} id={titleId}>
        {title}
      </h5>
      <p className={classes.help}>{help}</p>
      {links.length > 0 && (
        <ol className={classes.links} data-reorder aria-labelledby={titleId}>
          {links.map(({ id, name, facts, passedOver }, place) => (
            <li key={id} className={classes.link} {...order.item(id)}>
              <button
                type="button"
                className={classes.grip}
                aria-label={t('fallback.move', { name, place: place + 1, of: links.length })}
                {...order.grip(id)}
              >
                <IconGripVertical size={16} stroke={1.6} aria-hidden />
              </button>
              <span className={classes.place} aria-hidden>
                {place + 1}
              </span>
              <span className={classes.name}>
                <Anchor component={Link} href={`/models/${id}`} c="inherit" draggable={false}>
                  {name}
                </Anchor>
                <span className={classes.facts}>
                  {[
                    facts && facts.model !== name ? facts.model : null,
                    facts?.provider,
                    passedOver ? t('fallback.passedOverHere') : facts?.local ? t('fallback.local') : null,
                  ]
                    .filter(Boolean)
                    .join(' · ')}
                </span>
              </span>
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('fallback.remove', { name })}
                onClick={() => onChange(ids.filter((each) => each !== id))}
              >
                <IconX size={15} stroke={1.6} />
              </ActionIcon>
            </li>
          ))}
        </ol>
      )}
      {links.length < LONGEST && (
        <div className={classes.add}>
          {rest.length > 0 && (
            <Select
              className={classes.select}
              size="sm"
              aria-label={t('fallback.addTo', { chain: title })}
              placeholder={t('fallback.add')}
              searchable={rest.length > 12}
              limit={100}
              nothingFoundMessage={t('config.nothing')}
              value={null}
              data={rest.map(({ id, name }) => ({ value: id, label: name }))}
              onChange={(value) => {
                const { data } = ModelConfigId.safeParse(value)
                if (data) add(data)
              }}
            />
          )}
          <Button
            variant="subtle"
            color="gray"
            size="xs"
            leftSection={<IconPlus size={15} stroke={1.6} />}
            aria-label={t('fallback.newFor', { chain: title })}
            onClick={() => setMaking(true)}
          >
            {t('fallback.new')}
          </Button>
        </div>
      )}
      <VisuallyHidden aria-live="polite">{order.said}</VisuallyHidden>
      <NewConfigDialog
        opened={making}
        kind="chat"
        onClose={() => setMaking(false)}
        onCreated={({ id }) => {
          setMaking(false)
          add(id)
        }}
      />
    </section>
  )
}
