import { useQueryClient } from '@tanstack/react-query'
import type { Template, TemplateContent, TemplatePatch } from '@contract/entities/template'
import type { TemplateId } from '@contract/ids'
import { sameJson } from '@contract/json'
import { request } from '@renderer/api/bridge'
import { useRoute } from '@renderer/api/queries'
import { SaveQueue } from '@renderer/components/save-queue'
import { keptSaves, loadingOf, useDraft, type Loading, type Saving } from '@renderer/components/use-saves'

type Change = { part: 'draft'; draft: TemplateContent | null } | { part: 'patch'; patch: TemplatePatch }

/** What says the same as the version in use is no draft. */
const withDraft = (template: Template, draft: TemplateContent | null): Template => ({
  ...template,
  draft: draft === null || sameJson(template.content, draft) ? null : draft,
})

/** A template with a change that main does not have yet; undefined until it is read. */
const withChange = (template: Template | undefined, change: Change): Template | undefined =>
  template && (change.part === 'draft' ? withDraft(template, change.draft) : { ...template, ...change.patch })

/** The saves of one template: what is being written, and each field of its own. */
export const templateSaves = keptSaves(
  (client, id: TemplateId) =>
    new SaveQueue<Change>({
      save: async (change) => {
        const key = ['templates.get', { id }]
        if (change.part === 'patch')
          client.setQueryData(key, await request('templates.update', { id, patch: change.patch }))
        else {
          await request('templates.keepDraft', { id, draft: change.draft })
          client.setQueryData<Template>(key, (before) => before && withDraft(before, change.draft))
        }
      },
      partOf: (change) => (change.part === 'draft' ? 'draft' : Object.keys(change.patch).join()),
      // A name that is taken stays in its field, beside the words that say so.
      keepsRefused: (change) => change.part === 'patch' && change.patch.name !== undefined,
    })
)

export type ChangeContent = (change: (before: TemplateContent) => TemplateContent) => void

export interface TemplateDraft extends Saving, Loading {
  /** As it stands on the screen; undefined until it is read. */
  template: Template | undefined
  /** What is being written: the draft, or the version that is used. */
  content: TemplateContent | undefined
  change: ChangeContent
  patch: (patch: TemplatePatch) => void
  /** Gives the draft up. Returns what brings it back. */
  discard: () => () => void
  /** Puts a version in the place of what is used and of the draft. */
  restore: (number: number) => Promise<void>
  /** Makes a version of what is written. */
  save: (words?: { name: string; note: string }) => Promise<Template | undefined>
}

const written = (template: Template | undefined) => template && (template.draft ?? template.content)

/** A template that keeps as a draft what is written in it. */
export function useTemplateDraft(id: TemplateId): TemplateDraft {
  const client = useQueryClient()
  const saves = templateSaves(client, id)
  const query = useRoute('templates.get', { id })
  const { value: template, now, ...saving } = useDraft(saves, query.data, withChange)
  const keep = (draft: TemplateContent | null) => saves.add({ part: 'draft', draft })
  return {
    template,
    content: written(template),
    ...loadingOf(query),
    ...saving,
    change: (change) => {
      const before = written(now())
      if (before) keep(change(before))
    },
    patch: (patch) => saves.add({ part: 'patch', patch }),
    discard: () => {
      const before = now()?.draft ?? null
      keep(null)
      return () => keep(before)
    },
    restore: async (number) => {
      await saves.flush()
      const restored = await request('templates.restore', { id, number })
      client.setQueryData(['templates.get', { id }], restored)
    },
    save: async (words = { name: '', note: '' }) => {
      const content = written(now())
      if (!content) return undefined
      // A draft that is on its way would come after the version, and stand beside it.
      await saves.flush()
      const saved = await request('templates.save', { id, content, ...words })
      client.setQueryData(['templates.get', { id }], saved)
      return saved
    },
  }
}
