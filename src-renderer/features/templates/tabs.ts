/** The parts of a template, as its address names them. */
export const templateTabs = ['use', 'write', 'variables', 'answer', 'versions', 'history'] as const
export type TemplateTab = (typeof templateTabs)[number]

/** The part that an address names; the form to use it without one. */
export const tabOf = (text: string | undefined): TemplateTab => templateTabs.find((tab) => tab === text) ?? 'use'
