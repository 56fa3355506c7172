import { type Static, Type } from '@sinclair/typebox'
import { labelShape, ruleShape } from '../fields/definition.js'
import { kind, nameShape } from './kind.js'

const grouping = Type.Object(
  {
    field: Type.String(),
    by: Type.Optional(
      Type.Union([Type.Literal('day'), Type.Literal('week'), Type.Literal('month'), Type.Literal('quarter'), Type.Literal('year')]),
    ),
  },
  { additionalProperties: false },
)
const of = Type.Optional(Type.String())
const measure = Type.Object(
  { name: nameShape, label: Type.Optional(labelShape), count: of, sum: of, avg: of, min: of, max: of, countDistinct: of },
  { additionalProperties: false, minProperties: 2 },
)

/** A grouped question and how its answer is drawn. */
export const report = kind('report', 'reports', {
  report: nameShape,
  label: labelShape,
  description: Type.Optional(labelShape),
  object: Type.String(),
  where: Type.Optional(ruleShape),
  groupBy: Type.Array(grouping, { minItems: 1, maxItems: 4 }),
  measures: Type.Array(measure, { minItems: 1, maxItems: 10 }),
  chart: Type.Optional(
    Type.Object(
      { type: Type.String(), x: Type.String(), y: Type.String(), series: Type.Optional(Type.String()) },
      { additionalProperties: false },
    ),
  ),
})
export type ReportDefinition = Static<typeof report.shape>
