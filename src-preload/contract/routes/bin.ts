import { z } from 'zod'
import { command, query } from '../route'
import { BinItem, BinKind } from '../entities/bin'
import { Nothing } from '../values'

const item = z.strictObject({ kind: BinKind, id: z.uuid() })

export const binRoutes = {
  /** What was deleted in the last 30 days, the newest first; at most 500 passages. */
  'bin.list': query(Nothing, z.array(BinItem), [
    'bin',
    'stories',
    'messages',
    'presets',
    'modelConfigs',
    'providers',
    'worlds',
  ]),
  /**
   * Brings something back, and with it what it cannot be without (the reusable settings of a preset, the provider of
   * both). `name` is another than before where that was taken meanwhile; `also` names what came with it.
   */
  'bin.restore': command(item, z.strictObject({ name: z.string(), also: z.array(z.string()) })),
  /** Deletes something for good. */
  'bin.delete': command(item, Nothing),
  /** Deletes for good all that is in the bin. */
  'bin.empty': command(Nothing, Nothing),
}
