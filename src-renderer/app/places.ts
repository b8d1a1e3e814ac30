import {
  IconAdjustmentsHorizontal,
  IconBooks,
  IconChartBar,
  IconCpu,
  IconKey,
  IconMusic,
  IconRoute,
  IconServer2,
  IconTemplate,
  IconTrash,
  IconWorld,
} from '@tabler/icons-react'

/** The screens, in the groups in which the rail shows them. */
export const placeGroups = [
  [
    { to: '/stories', name: 'stories', Icon: IconBooks },
    { to: '/worlds', name: 'worlds', Icon: IconWorld },
    { to: '/templates', name: 'templates', Icon: IconTemplate },
    { to: '/media', name: 'media', Icon: IconMusic },
  ],
  [
    { to: '/presets', name: 'presets', Icon: IconAdjustmentsHorizontal },
    { to: '/models', name: 'models', Icon: IconCpu },
    { to: '/providers', name: 'providers', Icon: IconKey },
    { to: '/servers', name: 'servers', Icon: IconServer2 },
  ],
  [
    { to: '/usage', name: 'usage', Icon: IconChartBar },
    { to: '/gateway', name: 'gateway', Icon: IconRoute },
    { to: '/bin', name: 'bin', Icon: IconTrash },
  ],
] as const
