import type { ObjectModel } from '@tessera/platform/model/model.js'
import type { ImportState } from './import-state.js'

/** What every step is given. */
export interface StepProps {
  readonly object: ObjectModel
  readonly state: ImportState
  readonly change: (next: ImportState | ((before: ImportState) => ImportState)) => void
}
