import { describe, expect, it } from '@jest/globals'
import { readDefinitions } from '../../platform/definitions/check.js'
import type { Element } from '../../platform/definitions/index.js'
import { compileModel } from '../../platform/model/compile.js'
import type { Model } from '../../platform/model/model.js'
import { render } from '../../platform/sql/sql.js'
import { dropLeftover, leftovers } from '../../platform/tables/contract.js'
import { ddl } from '../../platform/tables/ddl.js'
import { type ChangePlan, diffTables, type PresentTable } from '../../platform/tables/diff.js'
import { assignStorage, emptyStorage, type Storage, withStorage } from '../../platform/tables/storage.js'
import { type TableShape, tables } from '../../platform/tables/tables.js'

const object = (name: string, fields: Record<string, unknown>, more = {}) => ({
  object: name,
  plural: `${name}s`,
  label: name,
  ...more,
  fields,
})

function modelOf(...definitions: object[]): Model {
  const { elements, issues } = readDefinitions(definitions.map((json, index) => ({ source: String(index), json })))
  const compiled = compileModel(elements as readonly Element[])
  expect([...issues, ...compiled.issues]).toEqual([])
  return compiled.model
}

/** The storage of definitions that follow one another, each published after the one before. */
const storageAfter = (...steps: object[][]): Storage =>
  steps.reduce<Storage>((storage, step) => assignStorage(modelOf(...step), [storage]), emptyStorage)

const columnNames = (storage: Storage, name: string) =>
  Object.fromEntries(Object.entries(storage.objects[name]?.columns ?? {}).map(([key, column]) => [key, column.name]))

const shapesOf = (...definitions: object[]): TableShape[] => {
  const model = modelOf(...definitions)
  return tables(withStorage(model, assignStorage(model, [emptyStorage])), { trigram: true })
}

/** What PostgreSQL has when shapes were made and everything finished. */
const present = (shapes: readonly TableShape[]): PresentTable[] =>
  shapes.map(({ name, columns, indexes, constraints }) => ({
    name,
    columns,
    indexes: indexes.map(index => ({ name: index.name, valid: true })),
    constraints: constraints.map(constraint => ({ name: constraint.name, validated: true })),
  }))

const brief = (plan: ChangePlan) =>
  plan.map(
    alteration =>
      `${alteration.phase} ${alteration.do} ${'index' in alteration ? alteration.index.name : 'column' in alteration ? (typeof alteration.column === 'string' ? alteration.column : alteration.column.name) : 'constraint' in alteration ? alteration.constraint.name : 'name' in alteration ? alteration.name : typeof alteration.table === 'string' ? alteration.table : alteration.table.name}`,
  )

describe('physical names', () => {
  it('are made once and kept through renames', () => {
    const storage = storageAfter(
      [object('box', { size: { type: 'integer' } })],
      [object('chest', { width: { type: 'integer', was: ['size'] } }, { was: ['box'] })],
    )
    expect(storage.objects.chest?.table).toBe('box')
    expect(storage.objects.box).toBeUndefined()
    expect(columnNames(storage, 'chest')).toEqual({ width: 'size' })
  })

  it('follow a rename even when the old name is taken in the same moment', () => {
    const storage = storageAfter(
      [object('box', { size: { type: 'integer' } })],
      [object('box', { size: { type: 'integer' } }), object('chest', { depth: { type: 'integer', was: ['size'] } }, { was: ['box'] })],
    )
    expect([storage.objects.chest?.table, storage.objects.box?.table]).toEqual(['box', 'box_2'])
    expect(columnNames(storage, 'chest')).toEqual({ depth: 'size' })
  })

  it('are new for a new type, and old again when the type comes back', () => {
    const [number, text] = [object('box', { size: { type: 'integer' } }), object('box', { size: { type: 'text' } })]
    const first = storageAfter([number])
    const second = assignStorage(modelOf(text), [first])
    expect(columnNames(second, 'box')).toEqual({ size: 'size_2' })
    expect(columnNames(assignStorage(modelOf(number), [first, second]), 'box')).toEqual({ size: 'size' })
  })

  it('stay for a change that PostgreSQL does not see', () =>
    expect(
      columnNames(storageAfter([object('box', { size: { type: 'text' } })], [object('box', { size: { type: 'email' } })]), 'box'),
    ).toEqual({ size: 'size' }))

  it('are new for a relation that points elsewhere, and kept when its target is renamed', () => {
    const [a, b] = [object('a', { name: { type: 'text' } }), object('b', { name: { type: 'text' } })]
    const points = (to: string) => object('box', { of: { type: 'lookup', to } })
    expect(columnNames(storageAfter([a, b, points('a')], [a, b, points('b')]), 'box')).toEqual({ ofId: 'of_id_2' })
    expect(
      columnNames(storageAfter([a, points('a')], [object('c', { name: { type: 'text' } }, { was: ['a'] }), points('c')]), 'box'),
    ).toEqual({ ofId: 'of_id' })
  })

  it('of what was removed wait for it to come back', () => {
    const whole = object('box', { size: { type: 'integer' }, name: { type: 'text' } })
    const storage = storageAfter([whole, object('lid', { name: { type: 'text' } })], [object('box', { name: { type: 'text' } })])
    expect(columnNames(storage, 'box')).toEqual({ size: 'size', name: 'name' })
    expect(storage.objects.lid?.table).toBe('lid')
    expect(columnNames(assignStorage(modelOf(whole), [storage]), 'box')).toEqual({ size: 'size', name: 'name' })
  })

  it('keep clear of columns that PostgreSQL still has', () => {
    const storage = assignStorage(modelOf(object('box', { size: { type: 'date' } })), [emptyStorage], { box: ['id', 'size', 'size_2'] })
    expect(storage.objects.box?.table).toBe('box_2')
    const again = assignStorage(modelOf(object('box', { size: { type: 'date' } })), [{ objects: { box: { table: 'box', columns: {} } } }], {
      box: ['id', 'size', 'size_2'],
    })
    expect(columnNames(again, 'box')).toEqual({ size: 'size_3' })
  })
})

describe('the tables of a model', () => {
  const shapes = shapesOf(
    object(
      'box',
      {
        code: { type: 'text', unique: true, search: 5 },
        price: { type: 'money', currency: 'own' },
        tall: { type: 'formula', returns: 'boolean', rule: { '==': [1, 1] } },
      },
      { sort: [{ field: 'code' }] },
    ),
    object('item', { box: { type: 'masterDetail', to: 'box', inverse: 'items' } }),
  )

  it('have the columns of fields that store something', () => {
    expect(shapes[0]?.columns).toEqual([
      { name: 'id', type: 'uuid', nullable: false },
      { name: 'version', type: 'integer', nullable: false },
      { name: 'created_at', type: 'timestamptz(3)', nullable: false },
      { name: 'updated_at', type: 'timestamptz(3)', nullable: false },
      { name: 'deleted_at', type: 'timestamptz(3)', nullable: true },
      { name: 'created_by_id', type: 'uuid', nullable: true },
      { name: 'updated_by_id', type: 'uuid', nullable: true },
      { name: 'owner_id', type: 'uuid', nullable: true },
      { name: 'code', type: 'text', nullable: true },
      { name: 'price', type: 'numeric(19,4)', nullable: true },
      { name: 'price_currency', type: 'text', nullable: true },
    ])
  })

  it('are the same when nothing changed', () => expect(diffTables(present(shapes), shapes)).toEqual([]))
})

describe('diffing tables', () => {
  const before = shapesOf(
    object('box', { name: { type: 'text' }, size: { type: 'integer', index: true } }),
    object('lid', { name: { type: 'text' } }),
  )

  it('adds columns at once, indexes later, and hides what is not wanted', () => {
    const after = shapesOf(
      object('box', { name: { type: 'text', unique: true }, weight: { type: 'decimal', index: true }, lid: { type: 'lookup', to: 'lid' } }),
      object('lid', { name: { type: 'text' } }),
    )
    expect(brief(diffTables(present(before), after))).toEqual([
      'expand addColumn weight',
      'expand addColumn lid_id',
      'contract hideColumn size',
      'expand addConstraint box_lid_id_fk',
      'finish validateConstraint box_lid_id_fk',
      'finish createIndex box_weight_list',
      'finish createIndex box_lid_id_list',
      'finish createIndex box_name_unique',
      'finish dropIndex box_size_list',
    ])
  })

  it('hides a table that is not wanted', () =>
    expect(
      diffTables(present(before), shapesOf(object('box', { name: { type: 'text' }, size: { type: 'integer', index: true } }))),
    ).toEqual([{ do: 'hideTable', phase: 'contract', table: 'lid', loses: 'data after 30 days' }]))

  it('builds an invalid index anew', () => {
    const broken = present(before).map(table => ({
      ...table,
      indexes: table.indexes.map(index => (index.name === 'box_size_list' ? { ...index, valid: false } : index)),
    }))
    const plan = diffTables(broken, before)
    expect(plan).toMatchObject([{ do: 'createIndex', replacesInvalid: true }])
    expect(plan.flatMap(alteration => ddl(alteration).map(statement => render(statement, 'w').text))).toEqual([
      'drop index concurrently if exists "w"."box_size_list"',
      'create index concurrently if not exists "box_size_list" on "w"."box" ("size", id) where "deleted_at" is null',
    ])
  })

  it('validates a key that was only added', () => {
    const shapes = shapesOf(object('box', { lid: { type: 'lookup', to: 'lid' } }), object('lid', { name: { type: 'text' } }))
    const open = present(shapes).map(table => ({
      ...table,
      constraints: table.constraints.map(constraint => ({ ...constraint, validated: false })),
    }))
    expect(brief(diffTables(open, shapes))).toEqual(['finish validateConstraint box_lid_id_fk'])
  })
})

describe('what no version needs any more', () => {
  const has = present(
    shapesOf(object('box', { name: { type: 'text' }, size: { type: 'integer' } }), object('lid', { name: { type: 'text' } })),
  )
  const narrow = shapesOf(object('box', { name: { type: 'text' } }))

  it('is everything outside the tables of the versions in use', () => {
    const found = leftovers(has, [narrow])
    expect(found).toEqual([
      { do: 'dropColumn', table: 'box', column: 'size' },
      { do: 'dropTable', table: 'lid' },
    ])
    expect(found.map(one => render(dropLeftover(one), 'w').text)).toEqual([
      'alter table "w"."box" drop column if exists "size" cascade',
      'drop table if exists "w"."lid" cascade',
    ])
  })

  it('is nothing while one version in use has it', () =>
    expect(
      leftovers(has, [narrow, shapesOf(object('box', { size: { type: 'integer' } }), object('lid', { name: { type: 'text' } }))]),
    ).toEqual([]))
})
