import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { printJson } from '../../platform/definitions/canonical.js'
import { readDefinitions } from '../../platform/definitions/check.js'
import { compileModel } from '../../platform/model/compile.js'
import { render } from '../../platform/sql/sql.js'
import { ddl } from '../../platform/tables/ddl.js'
import { assignStorage, emptyStorage, withStorage } from '../../platform/tables/storage.js'
import { tables } from '../../platform/tables/tables.js'
import { impactOf, stepsOf, wayTo } from '../../runtime/publishing/plan.js'
import { expectGolden, goldenFolder } from '../support/golden.js'

const offers = { trigram: true }

/** The definitions of one side of a case, linked. */
function modelIn(folder: string, side: 'before' | 'after') {
  const documents = JSON.parse(readFileSync(`${folder}/${side}.json`, 'utf8')) as unknown[]
  const { elements, issues } = readDefinitions(documents.map((json, index) => ({ source: String(index), json })))
  const compiled = compileModel(elements)
  expect([...issues, ...compiled.issues]).toEqual([])
  return compiled.model
}

describe('the way from one set of definitions to another', () => {
  it.each(readdirSync(goldenFolder('publishing')))('is as expected: %s', name => {
    const folder = goldenFolder('publishing', name)
    const storage = assignStorage(modelIn(folder, 'before'), [emptyStorage])
    const before = withStorage(modelIn(folder, 'before'), storage)
    const has = tables(before, offers).map(table => ({
      name: table.name,
      columns: table.columns,
      indexes: table.indexes.map(index => ({ name: index.name, valid: true })),
      constraints: table.constraints.map(constraint => ({ name: constraint.name, validated: true })),
    }))
    const way = wayTo(modelIn(folder, 'after'), before, [storage], has, offers)
    const statements = way.alterations.map(alteration => {
      const texts = ddl(alteration).map(statement => `${render(statement, 'w').text};\n`)
      return `-- ${alteration.phase}: ${alteration.do}\n${texts.join('')}`
    })
    expectGolden(`${folder}/storage.json`, printJson(way.storage))
    expectGolden(`${folder}/steps.json`, printJson(stepsOf(way.changes, [], way.model, before)))
    expectGolden(`${folder}/impact.json`, printJson(impactOf(way.changes, before)))
    expectGolden(`${folder}/plan.sql`, statements.join('\n'))
  })
})
