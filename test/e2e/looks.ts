import type { FurnishedApp } from './furnished-app'

/**
 * One look at the app: a place by its address, and what is pressed there before the next look is taken, in order. A step
 * is a word for the role, and the key of the text that names it: `button providers:keys.more`. `last` is a button, the last
 * one of that name; `unfold` one that opens nothing over the page. `press` takes keys, `focus` a role and a key, `file` the
 * key of a menu item that asks for a file, which is given the preset of another program, and `list` that of a button which
 * is given a list with a faulty row.
 */
export interface Look {
  at: string
  open?: readonly string[]
  /** What the last step shows: a dialog unless said. */
  shows?: 'dialog' | 'menu' | 'tooltip' | 'listbox' | 'main' | 'textbox' | 'alert'
}

/** Where everything has something in it. One row adds a screen, a menu or a dialog. */
export const furnishedLooks = (app: FurnishedApp): readonly Look[] => {
  const story = `/stories/${app.storyId}`
  const preset = `/presets/${app.presetId}`
  const config = `/models/${app.configId}`
  const provider = `/providers/${app.openRouterId}`
  const own = `/providers/${app.ownProviderId}`
  const server = `/servers/${app.serverId}`
  const template = `/templates/${app.templateId}`
  const crew = `/templates/${app.uses.json}`
  return [
    { at: '/stories' },
    { at: '/stories', open: ['button stories:newWith'], shows: 'menu' },
    { at: '/stories', open: ['button stories:menu.label', 'menuitem stories:menu.rename'] },
    { at: '/stories', open: ['button stories:menu.label', 'menuitem stories:menu.exportText'] },
    { at: '/stories', open: ['press ?'] },
    { at: story },
    { at: story, open: ['button writing:versions.title'] },
    { at: story, open: ['button writing:passage.edit'], shows: 'main' },
    { at: story, open: ['button usage:attempts.failed'] },
    { at: story, open: ['button writing:notes.show'], shows: 'main' },
    { at: story, open: ['button writing:notes.ask'], shows: 'main' },
    { at: story, open: ['button writing:origins.reasoning'] },
    { at: story, open: ['button writing:origins.recalled'] },
    { at: story, open: ['button writing:cast.presetNamed'], shows: 'menu' },
    { at: story, open: ['focus button writing:header.focus'], shows: 'tooltip' },
    { at: story, open: ['button writing:header.focus'], shows: 'main' },
    { at: story, open: ['press Control+K'] },
    { at: story, open: ['button inspector:open'], shows: 'main' },
    { at: story, open: ['button inspector:dryRun.command'], shows: 'main' },
    { at: story, open: ['button writing:summaries.title'], shows: 'main' },
    { at: `/stories/${app.brokenStoryId}` },
    { at: `${story}/settings/main` },
    { at: `${story}/settings/main`, open: ['button story-settings:save.action'] },
    { at: `${story}/settings/main`, open: ['button prompts:title'], shows: 'textbox' },
    { at: `${story}/settings/embedding` },
    { at: '/stories/01990000-0000-7000-8000-00000000dead' },
    { at: `${story}/world` },
    { at: `${story}/world/${app.characterId}` },
    { at: `/worlds/${app.worldId}` },
    { at: `/worlds/${app.worldId}`, open: ['button worlds:menu.label'], shows: 'menu' },
    {
      at: `/worlds/${app.worldId}/character/${app.characterId}`,
      open: ['last worlds:menu.label', 'menuitem worlds:begin.action'],
    },
    { at: `/worlds/${app.worldId}/place` },
    { at: `/worlds/${app.worldId}/lore` },
    { at: `/worlds/${app.worldId}/lore`, open: ['button worlds:groups.matching.title'], shows: 'main' },
    { at: `/worlds/${app.worldId}/style` },
    { at: `${template}/write` },
    { at: `${template}/write`, open: ['button templates:draft.saveNamed'] },
    { at: `${template}/write`, open: ['button templates:menu.label'], shows: 'menu' },
    { at: `${template}/variables` },
    { at: `${template}/answer` },
    { at: `${template}/answer`, open: ['button templates:answer.openText'], shows: 'textbox' },
    { at: `${template}/answer`, open: ['button templates:answer.sample'] },
    { at: `${template}/versions`, open: ['last templates:versions.compare'], shows: 'textbox' },
    { at: `/templates/${app.uses.text}` },
    { at: `/templates/${app.uses.table}` },
    { at: `/templates/${app.uses.failed}` },
    { at: crew },
    { at: crew, open: ['button generations:tries.open'] },
    { at: crew, open: ['button generations:batch.open'] },
    { at: crew, open: ['button generations:use.batch'] },
    { at: crew, open: ['button generations:use.batch', 'list generations:file.choose'], shows: 'alert' },
    { at: `${crew}/history` },
    { at: '/templates/history' },
    { at: story, open: ['button generations:dialog.title'] },
    { at: '/media' },
    { at: '/media', open: ['unfold media:setUpNamed'], shows: 'main' },
    { at: '/media', open: ['button media:more', 'menuitem media:makeOf.speech'] },
    { at: `${preset}/main` },
    { at: `${preset}/main`, open: ['focus button presets:form.help'], shows: 'tooltip' },
    { at: `${preset}/main`, open: ['button presets:config.save'] },
    { at: `${preset}/main`, open: ['button presets:menu.compare'] },
    { at: preset, open: ['button presets:list.actions', 'menuitem presets:export'] },
    { at: preset, open: ['button presets:list.actions', 'file presets:import'] },
    { at: preset, open: ['button presets:menu.label', 'menuitem common:delete'] },
    { at: `${preset}/storyteller` },
    { at: `${preset}/guard`, open: ['button prompts:title'], shows: 'textbox' },
    { at: `${preset}/guard`, open: ['unfold prompts:title', 'button prompts:trial.show'], shows: 'main' },
    { at: `${preset}/embedding` },
    { at: `${preset}/fallback` },
    { at: `${preset}/fallback`, open: ['button presets:fallback.newFor'] },
    { at: config },
    { at: config, open: ['button models:newButton'] },
    { at: config, open: ['button models:menu.label', 'menuitem common:delete'] },
    { at: '/providers' },
    { at: '/providers', open: ['button providers:add'] },
    { at: provider },
    { at: provider, open: ['button providers:keys.add'], shows: 'main' },
    { at: provider, open: ['button providers:keys.more', 'menuitem common:rename'], shows: 'main' },
    { at: provider, open: ['button providers:keys.more', 'menuitem providers:keys.replace'] },
    { at: provider, open: ['button providers:keys.more', 'menuitem providers:simulate.action'] },
    { at: provider, open: ['button providers:keys.more', 'menuitem common:delete'] },
    { at: provider, open: ['button providers:models.add'] },
    { at: provider, open: ['button providers:models.more', 'menuitem providers:models.details'] },
    { at: provider, open: ['button providers:models.more', 'menuitem providers:simulate.action'] },
    { at: own },
    { at: own, open: ['button common:edit', 'button providers:form.advanced'] },
    { at: own, open: ['button common:delete'] },
    { at: server },
    { at: server, open: ['button servers:add'] },
    { at: server, open: ['button common:edit'] },
    { at: server, open: ['button servers:page.more', 'menuitem common:delete'] },
    { at: server, open: ['button servers:models.detailsOf'] },
    { at: server, open: ['button servers:models.deleteNamed'] },
    { at: '/gateway' },
    { at: '/gateway/keys' },
    { at: '/gateway/keys', open: ['button gateway:keys.new'] },
    { at: '/gateway/requests' },
    { at: '/gateway/settings' },
    { at: '/usage' },
    { at: '/bin' },
    { at: '/bin', open: ['focus button bin:deleteNamed'], shows: 'tooltip' },
    { at: '/bin', open: ['button bin:deleteNamed'] },
    { at: '/bin', open: ['button bin:emptyAll'] },
    { at: '/settings' },
    { at: '/settings', open: ['button settings:turns.clear'] },
    { at: '/settings', open: ['button settings:licences.show'] },
    { at: '/settings', open: ['button settings:backups.restoreNamed'] },
    { at: '/guide' },
    { at: '/guide', open: ['button guide:key.title'], shows: 'main' },
    { at: '/guide', open: ['button guide:demo.title'], shows: 'main' },
  ]
}

/** What is said of a newer version, which a shell that can replace itself has found. */
export const updateLooks: readonly Look[] = [
  { at: '/stories' },
  { at: '/stories', open: ['button settings:updates.new'] },
  { at: '/settings' },
]

/** Where nothing is yet: no story, no preset, no key, and no vault. */
export const emptyLooks: readonly Look[] = [
  { at: '/guide' },
  { at: '/stories' },
  { at: '/media' },
  { at: '/presets' },
  { at: '/models' },
  { at: '/models', open: ['button models:newButton'] },
  { at: '/providers' },
  { at: '/servers' },
  { at: '/usage' },
  { at: '/gateway' },
  { at: '/gateway/keys' },
  { at: '/gateway/requests' },
  { at: '/bin' },
  { at: '/settings' },
  { at: '/settings', open: ['button settings:vault.choose'] },
]

/** The same after a start with a vault that a passphrase opens. */
export const lockedLooks: readonly Look[] = [
  { at: '/settings' },
  { at: '/settings', open: ['button vault:unlock.action'] },
  { at: '/settings', open: ['button settings:vault.reset'] },
]
