import { forbiddenModel } from './api-error'
import type { ModelNames, NamedModel } from './model-names'
import type { Caller } from './visit'

/** The model of a name, if the caller's key may use it; throws the ApiError that says why not. */
export function allowedModel(models: ModelNames, caller: Caller, name: string): NamedModel {
  const model = models.find(name, (id) => caller.mayUse(id))
  if (!caller.mayUse(model.id)) throw forbiddenModel(name)
  return model
}
