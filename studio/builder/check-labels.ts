import { lookup } from '@tessera/platform/registry.js'
import { useLabel } from '../api/app.js'
import { useWorkshop } from './workshop.js'

/** The label of an object in the draft, else as it is live. */
export function useObjectLabel(): (name: string) => string {
  const label = useLabel()
  const { model, liveModel } = useWorkshop()
  return name => label((lookup(model.objects, name) ?? lookup(liveModel.objects, name))?.label) || name
}
