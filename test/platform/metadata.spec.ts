import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { canonical } from '@tessera/platform/definitions/canonical.js'
import { readDefinitions } from '@tessera/platform/definitions/check.js'
import { isDefined } from '@tessera/platform/model/junctions.js'
import type { FieldModel, ObjectModel } from '@tessera/platform/model/model.js'
import { compileWithTemplates } from '@tessera/platform/model/templates.js'
import { compileRule } from '@tessera/platform/rules/javascript.js'
import { generate, seedFiles } from '../../seeds/generate.js'
import type { SeedRecord } from '../../seeds/generator/record.js'

const root = join(import.meta.dirname, '../..')
const today = '2026-11-22'
const someId = '019a0000-0000-7000-8000-000000000001'

const documents = readdirSync(join(root, 'metadata/crm'), { recursive: true, encoding: 'utf8' })
  .filter(file => file.endsWith('.json'))
  .sort()
  .map(source => ({ source, json: JSON.parse(readFileSync(join(root, 'metadata/crm', source), 'utf8')) as unknown }))
const definitions = readDefinitions(documents)
const { model, issues } = compileWithTemplates(definitions.elements)

/** Every text for people in a definition, with where it stands. */
function labelsIn(json: unknown, path: string): [string, unknown][] {
  if (typeof json !== 'object' || json === null) return []
  return Object.entries(json).flatMap(([key, value]): [string, unknown][] => {
    const at = `${path}/${key}`
    return /^(label|pluralLabel|inverseLabel|message|hint|help|description)$/.test(key) && path.split('/').at(-1) !== 'fields'
      ? [[at, value]]
      : labelsIn(value, at)
  })
}

describe('the definitions of the CRM', () => {
  it('have no issue', () => expect([...definitions.issues, ...issues]).toEqual([]))

  it('are printed in the one canonical way', () => {
    const others = documents.filter(({ source, json }) => readFileSync(join(root, 'metadata/crm', source), 'utf8') !== canonical(json))
    expect(others.map(({ source }) => source)).toEqual([])
  })

  it('cover every object with a form, a list and a label in each language', () => {
    for (const { name: object } of Object.values(model.objects).filter(isDefined)) {
      expect(Object.values(model.forms).map(form => form.object)).toContain(object)
      expect(Object.values(model.views).map(view => `${view.definition.object} ${view.definition.kind}`)).toContain(`${object} list`)
    }
  })

  it('speak both languages everywhere', () => {
    const oneSided = documents
      .flatMap(({ source, json }) => labelsIn(json, source))
      .filter(([, label]) => {
        const texts = label as Record<string, unknown>
        return typeof texts !== 'object' || !texts.en || !texts['zh-CN']
      })
    expect(oneSided).toEqual([])
  })

  it('give every object that is not a line something unique to be named by', () => {
    const nameless = Object.values(model.objects).filter(
      object => !object.detail && !Object.values(object.fields).some(field => field.definition.unique),
    )
    expect(nameless.map(object => object.name)).toEqual([])
  })
})

const seeds = generate()
const members = JSON.parse(readFileSync(join(root, 'seeds/members.json'), 'utf8')) as { email: string; roles: string[] }[]
const keys = new Set(Object.entries(seeds).flatMap(([object, records]) => records.map(record => `${object}:${String(record.$key)}`)))

/** A relative day as a date, as if today were the day above. */
const dayOf = (days: number): string => new Date(Date.parse(`${today}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** The contract form of a seed value. */
function contractOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  if ('$days' in value) return 'time' in value ? `${dayOf(Number(value.$days))}T${String(value.time)}:00.000Z` : dayOf(Number(value.$days))
  if ('$month' in value) return 'text' in value ? String(value.text) : `2026-09-${String('day' in value ? value.day : 1).padStart(2, '0')}`
  return someId
}

/** What is wrong with the values of one record. */
function problems(object: ObjectModel, record: SeedRecord, place: string): string[] {
  const own = Object.entries(record).filter(([name]) => name !== '$key' && !Object.hasOwn(object.children, name))
  const wrong = own.flatMap(([name, value]) => {
    const field = object.fields[name]
    return field ? misfits(field, value).map(problem => `${place} ${name}: ${problem}`) : [`${place} ${name}: no such field`]
  })
  const missing = Object.values(object.fields).filter(
    field =>
      field.definition.required &&
      field.type.name !== 'masterDetail' &&
      field.definition.default === undefined &&
      record[field.name] === undefined,
  )
  return [
    ...wrong,
    ...missing.map(field => `${place} ${field.name}: missing`),
    ...broken(object, record, place),
    ...linesOf(object, record, place),
  ]
}

const targetsOf = ({ relation, targets }: FieldModel): readonly string[] => targets ?? [relation?.to ?? '?']

function misfits(field: FieldModel, value: unknown): string[] {
  if (!field.writable && field.sinceOf === undefined) return ['cannot be written']
  const reference = typeof value === 'object' && value !== null && '$ref' in value ? String(value.$ref) : null
  if (reference !== null)
    return keys.has(reference) && targetsOf(field).some(to => reference.startsWith(`${to}:`)) ? [] : [`no record ${reference}`]
  const email = typeof value === 'object' && value !== null && '$member' in value ? String(value.$member) : null
  if (email !== null)
    return members.some(member => member.email === email) && field.relation?.kind === 'member' ? [] : [`no member ${email}`]
  const parsed = field.type.parse(contractOf(value), field.definition)
  if ('misfit' in parsed) return [`${parsed.misfit.code} ${JSON.stringify(value)}`]
  return JSON.stringify(parsed.value) === JSON.stringify(contractOf(value)) ? [] : [`not in its contract form: ${JSON.stringify(value)}`]
}

/** The rules of the object that the record breaks. */
function broken(object: ObjectModel, record: SeedRecord, place: string): string[] {
  const read = (path: readonly string[]) =>
    path[0] === 'today' ? today : path[0] === 'before' ? null : contractOf(record[path[0] === 'record' ? (path[1] ?? '') : (path[0] ?? '')])
  return object.rules.filter(rule => compileRule(rule.must)({ read, timeZone: 'UTC' }) !== true).map(rule => `${place}: ${rule.name}`)
}

const linesOf = (object: ObjectModel, record: SeedRecord, place: string): string[] =>
  Object.values(object.children).flatMap(child => {
    const lines = record[child.name] as readonly SeedRecord[] | undefined
    const line = model.objects[child.object]
    return (child.owned && line && lines ? lines : []).flatMap((values, index) =>
      line ? problems(line, values, `${place}/${child.name}/${index}`) : [],
    )
  })

describe('the demo records', () => {
  it('are what the generator makes', () => {
    for (const [file, text] of Object.entries(seedFiles()))
      expect({ file, isSame: readFileSync(join(root, 'seeds', file), 'utf8') === text }).toEqual({ file, isSame: true })
  })

  it('are as many as the demo needs', () =>
    expect(Object.fromEntries(Object.entries(seeds).map(([object, records]) => [object, records.length]))).toEqual({
      employee: 12,
      productCategory: 11,
      product: 40,
      customer: 300,
      contact: 500,
      campaign: 14,
      competitor: 8,
      opportunity: 600,
      lead: 400,
      order: 500,
      payment: 450,
      payroll: 3,
      payslip: 36,
      activity: 2070,
    }))

  it('fit their fields, rules, members and each other', () =>
    expect(
      Object.entries(seeds).flatMap(([name, records]) => {
        const object = model.objects[name]
        return object ? records.flatMap(record => problems(object, record, `${name} ${String(record.$key)}`)) : [`no object ${name}`]
      }),
    ).toEqual([]))

  it('refer only to records that come before them', () => {
    const known = new Set<string>()
    const early = Object.entries(seeds).flatMap(([object, records]) =>
      records.flatMap(record => {
        const missing = Object.values(record)
          .flatMap((value): unknown[] => (Array.isArray(value) ? value : [value]))
          .flatMap(value =>
            typeof value === 'object' && value !== null && '$ref' in value && !known.has(String(value.$ref)) ? [String(value.$ref)] : [],
          )
        known.add(`${object}:${String(record.$key)}`)
        return missing
      }),
    )
    expect(early).toEqual([])
  })

  it('have no value of a unique field twice', () => {
    for (const [name, records] of Object.entries(seeds)) {
      for (const field of Object.values(model.objects[name]?.fields ?? {}).filter(known => known.definition.unique)) {
        const values = records.flatMap(record => (record[field.name] === undefined ? [] : [record[field.name]]))
        expect(new Set(values).size).toBe(values.length)
      }
    }
  })

  it('have amounts that equal the sums of their lines', () => {
    const cents = (value: unknown) => Math.round(Number(value) * 100)
    for (const [object, total] of [
      ['opportunity', 'amount'],
      ['order', 'total'],
    ] as const) {
      for (const record of (seeds[object] ?? []).filter(known => known.lines !== undefined)) {
        const lines = record.lines as readonly SeedRecord[]
        const sum = lines.reduce(
          (cent, line) =>
            cent + Math.round((cents(line.price) * Number(line.quantity) * (100 - Math.round(Number(line.discount) * 100))) / 100),
          0,
        )
        const off = Math.round(Number(record.discount ?? 0) * 100)
        expect(Math.round((sum * (100 - off)) / 100)).toBe(cents(record[total]))
      }
    }
  })

  it('give their members roles that exist', () =>
    expect(members.flatMap(member => member.roles).filter(role => !Object.hasOwn(model.roles, role))).toEqual([]))
})
