import {
  createTheme,
  defaultVariantColorsResolver,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core'

// Mantine wants ten shades of each colour; its components read them where Fabula's variables below do not reach.
const rubric: MantineColorsTuple = [
  '#fbeee9',
  '#f6e4dd',
  '#ecc4b7',
  '#e29f8b',
  '#e57a5f',
  '#cf5b43',
  '#b23a26',
  '#9a301e',
  '#7d2718',
  '#5f1d12',
]
const warmGray: MantineColorsTuple = [
  '#faf7f1',
  '#f3eee5',
  '#efe8db',
  '#e4dccf',
  '#cdc1ad',
  '#857b6d',
  '#645c52',
  '#4d463e',
  '#37322c',
  '#231f1a',
]
const warmDark: MantineColorsTuple = [
  '#ece6db',
  '#cfc7ba',
  '#a89f92',
  '#978e81',
  '#4a433b',
  '#302b26',
  '#1d1a17',
  '#171513',
  '#131110',
  '#0e0c0b',
]

export const theme = createTheme({
  white: '#fffdf9',
  black: '#231f1a',
  primaryColor: 'rubric',
  primaryShade: { light: 6, dark: 4 },
  colors: { rubric, gray: warmGray, dark: warmDark },
  fontFamily: "'Inter Variable', system-ui, sans-serif",
  fontFamilyMonospace: "'JetBrains Mono Variable', ui-monospace, monospace",
  headings: {
    fontFamily: "'Literata Variable', Georgia, serif",
    fontWeight: '500',
    sizes: {
      h1: { fontSize: '24px', lineHeight: '1.3' },
      h2: { fontSize: '18px', lineHeight: '1.35' },
      h3: { fontSize: '15px', lineHeight: '1.4' },
    },
  },
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '18px' },
  lineHeights: { xs: '1.4', sm: '1.45', md: '1.5', lg: '1.55', xl: '1.6' },
  fontWeights: { medium: '500', bold: '600' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '8px', lg: '12px', xl: '16px' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  variantColorResolver: (input) => {
    const resolved = defaultVariantColorsResolver(input)
    return input.variant === 'filled' ? { ...resolved, color: 'var(--fab-on-rubric)' } : resolved
  },
  components: {
    // A mark without words is explained to the keyboard as it is to the pointer.
    Tooltip: {
      defaultProps: { openDelay: 400, withArrow: false, events: { hover: true, focus: true, touch: false } },
    },
    // Menus, dialogs and notices stand in a part of the page that has a name.
    Portal: { defaultProps: { target: '#overlays' } },
    // The body never scrolls, so there is nothing to lock; the lock's style tag would not carry the page's nonce.
    Modal: {
      defaultProps: { centered: true, lockScroll: false, overlayProps: { backgroundOpacity: 0.35 }, radius: 'lg' },
    },
    // The first item gets the focus: a placeholder would be a child that a menu must not have.
    Menu: { defaultProps: { shadow: 'md', withInitialFocusPlaceholder: false } },
    // What is on or chosen is ink: red is for what the writer should notice.
    Switch: { defaultProps: { size: 'sm', withThumbIndicator: false, color: 'var(--fab-ink)' } },
    Checkbox: { defaultProps: { color: 'var(--fab-ink)', iconColor: 'var(--fab-paper)' } },
    Radio: { defaultProps: { color: 'var(--fab-ink)', iconColor: 'var(--fab-paper)' } },
    Slider: { defaultProps: { color: 'var(--fab-ink)', size: 4, thumbSize: 16 } },
    Chip: { defaultProps: { color: 'var(--fab-ink)' } },
    Tabs: { defaultProps: { color: 'var(--fab-ink)' } },
    // Enter takes the first that fits what was typed.
    Select: { defaultProps: { comboboxProps: { shadow: 'md' }, selectFirstOptionOnChange: true } },
  },
})

/** Points Mantine's own variables at Fabula's, in both colour schemes. */
const variables = {
  '--mantine-color-body': 'var(--fab-paper)',
  '--mantine-color-text': 'var(--fab-ink)',
  '--mantine-color-bright': 'var(--fab-ink)',
  '--mantine-color-dimmed': 'var(--fab-soft)',
  '--mantine-color-placeholder': 'var(--fab-soft)',
  '--mantine-color-error': 'var(--fab-rubric)',
  '--mantine-color-success': 'var(--fab-ok)',
  '--mantine-color-anchor': 'var(--fab-ink)',
  '--mantine-color-default': 'var(--fab-sheet)',
  '--mantine-color-default-hover': 'var(--fab-hover)',
  '--mantine-color-default-color': 'var(--fab-ink)',
  '--mantine-color-default-border': 'var(--fab-line)',
  '--mantine-color-disabled': 'var(--fab-hover)',
  '--mantine-color-disabled-color': 'var(--fab-soft)',
  '--mantine-color-disabled-border': 'var(--fab-line)',
  '--mantine-color-rubric-filled': 'var(--fab-rubric)',
  '--mantine-color-rubric-filled-hover': 'var(--fab-rubric-hover)',
  '--mantine-color-rubric-light': 'var(--fab-rubric-tint)',
  '--mantine-color-rubric-light-hover': 'var(--fab-rubric-tint)',
  '--mantine-color-rubric-light-color': 'var(--fab-rubric)',
  '--mantine-color-rubric-text': 'var(--fab-rubric)',
  '--mantine-color-rubric-outline': 'var(--fab-rubric)',
  '--mantine-color-rubric-outline-hover': 'var(--fab-rubric-tint)',
  '--mantine-color-gray-text': 'var(--fab-soft)',
  '--mantine-color-gray-light': 'var(--fab-hover)',
  '--mantine-color-gray-light-hover': 'var(--fab-line)',
  '--mantine-color-gray-light-color': 'var(--fab-ink)',
  '--mantine-primary-color-contrast': 'var(--fab-on-rubric)',
  '--mantine-shadow-md': 'var(--fab-shadow)',
}

export const cssVariablesResolver: CSSVariablesResolver = () => ({ variables: {}, light: variables, dark: variables })
