import { type Static, Type } from '@sinclair/typebox'
import { labelShape } from '../fields/definition.js'
import { kind, nameShape, sortShape } from './kind.js'

/** What a panel of a record's page can show. */
export const panelShows = ['fields', 'details', 'list', 'report', 'history'] as const
export type PanelShow = (typeof panelShows)[number]

const panel = Type.Object(
  {
    panel: nameShape,
    label: Type.Optional(labelShape),
    show: Type.Union(
      panelShows.map(show => Type.Literal(show)),
      {
        description:
          'Chosen fields, the details that stand nowhere else, records that belong to it, a report about it, or what happened to it',
      },
    ),
    fields: Type.Optional(Type.Array(Type.String(), { maxItems: 200 })),
    list: Type.Optional(Type.String({ description: 'What belongs to the record, by the inverse name of the relation' })),
    columns: Type.Optional(Type.Array(Type.String(), { maxItems: 12, description: 'Fields of the list; the title is always the first' })),
    sort: Type.Optional(sortShape),
    report: Type.Optional(Type.String()),
    by: Type.Optional(Type.String({ description: 'The relation of the report’s object that has to point at the record' })),
    most: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, description: 'So many records of a list or entries of the history' })),
  },
  { additionalProperties: false },
)

/** What the page of a record shows: values at the left, tabs of panels in the middle, panels at the right. */
export const page = kind('page', 'pages', {
  page: nameShape,
  label: labelShape,
  object: Type.String(),
  highlights: Type.Optional(Type.Array(Type.String(), { maxItems: 30, description: 'The fields at the left' })),
  tabs: Type.Optional(
    Type.Array(
      Type.Object({ tab: nameShape, label: labelShape, panels: Type.Array(panel, { maxItems: 20 }) }, { additionalProperties: false }),
      { maxItems: 20 },
    ),
  ),
  side: Type.Optional(Type.Array(panel, { maxItems: 20 })),
})
export type PageDefinition = Static<typeof page.shape>
export type PanelDefinition = Static<typeof panel>
