import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { openField } from '@tessera/platform/records/locks.js'
import type { App } from '../api/app.js'
import { momentOf } from '../api/moment.js'
import { mayWrite } from '../api/rights.js'
import type { Values } from './face.js'

/**
 * A field as the member may edit it where it is read, with the options that are offered now; null where rights, the state of the record or a rule keep it.
 * The server decides.
 */
export const editableField = (app: App, object: ObjectModel, field: FieldModel, record: Values): FieldModel | null =>
  mayWrite(app, object, field.name) ? openField(field, object, record, momentOf(app)) : null
