import { ChoiceControl } from './ChoiceControl'
import { ChoicesControl } from './ChoicesControl'
import type { ControlProps } from './control'
import { JsonControl } from './JsonControl'
import { MapControl } from './MapControl'
import { NumberControl } from './NumberControl'
import { TextControl } from './TextControl'
import { TextListControl } from './TextListControl'
import { ToggleControl } from './ToggleControl'

/** The control for a setting's shape. Groups and lists of groups are drawn by the form itself. */
export function FieldControl(props: ControlProps) {
  const { shape } = props.field
  switch (shape.control) {
    case 'number':
      return <NumberControl shape={shape} {...props} />
    case 'toggle':
      return <ToggleControl {...props} />
    case 'choice':
      return <ChoiceControl options={shape.options} {...props} />
    case 'choices':
      return <ChoicesControl options={shape.options} {...props} />
    case 'text':
      return <TextControl shape={shape} {...props} />
    case 'texts':
      return <TextListControl {...props} />
    case 'map':
      return <MapControl of={shape.of} {...props} />
    case 'group':
    case 'list':
    case 'json':
      return <JsonControl {...props} />
  }
}
