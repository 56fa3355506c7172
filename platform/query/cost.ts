import type { ListPlan, ReadPlan, RecordPlan } from './plan.js'

/** What counting or grouping all records of a choice is reckoned as, in records. */
const wholeLook = 500

/** How many records a read may have to look at, reckoned from its limits before anything is read: lists within lists multiply. */
export const costOf = ({ roots }: ReadPlan): number =>
  roots.reduce((sum, root) => {
    if (root.kind === 'list') return sum + costOfList(root.list)
    if (root.kind === 'one') return sum + costOfRecord(root.one.record)
    return sum + (root.kind === 'aggregate' ? wholeLook : 0)
  }, 0)

/** The same of what is shown of one record, with itself. */
export const costOfRecord = ({ outputs }: RecordPlan): number =>
  outputs.reduce((sum, output) => {
    if (output.kind === 'many') return sum + costOfList(output.list)
    if (output.kind === 'one') return sum + costOfRecord(output.record)
    return sum + (output.kind === 'any' ? Math.max(0, ...output.records.map(costOfRecord)) : 0)
  }, 1)

const costOfList = ({ limit, outputs }: ListPlan): number =>
  outputs.reduce((sum, output) => {
    if (output.show === 'totalCount' || output.show === 'estimatedCount') return sum + wholeLook
    if (output.show === 'nodes') return sum + limit * costOfRecord(output.record)
    if (output.show !== 'edges') return sum
    return sum + limit * output.outputs.reduce((edge, one) => edge + (one.show === 'node' ? costOfRecord(one.record) : 0), 1)
  }, 1)
