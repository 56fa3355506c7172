import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { dateClass } from '../../platform/fields/classes.js'
import { type RangeSet } from '../../platform/model/sets.js'
import { overlapsAmong } from '../../runtime/records/check-ranges.js'
import { type Entry } from '../../runtime/records/ledger.js'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { publish } from '../support/publish.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

describe('sets', () => {
  const plan = {
    object: 'plan',
    plural: 'plans',
    label: 'Plan',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      party: { type: 'lookup', label: { en: 'Party', 'zh-CN': '单位' }, to: 'party', inverse: 'plans' },
      year: { type: 'integer', label: { en: 'Year', 'zh-CN': '年份' } },
    },
    unique: [{ unique: 'onePerYear', fields: ['party', 'year'] }],
  }
  const price = {
    object: 'price',
    plural: 'prices',
    label: 'Price',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      kind: { type: 'text', label: 'Kind' },
      validFrom: { type: 'date', label: { en: 'Valid from', 'zh-CN': '生效日' } },
      validTo: { type: 'date', label: { en: 'Valid to', 'zh-CN': '失效日' } },
    },
    ranges: [{ range: 'validity', from: 'validFrom', to: 'validTo', per: ['kind'], overlap: false }],
  }
  const slot = {
    object: 'slot',
    plural: 'slots',
    label: 'Slot',
    title: 'name',
    fields: {
      name: { type: 'text', label: 'Name' },
      starts: { type: 'dateTime', label: 'Starts' },
      ends: { type: 'dateTime', label: 'Ends' },
    },
    ranges: [{ range: 'time', from: 'starts', to: 'ends', message: { en: 'The room is taken.', 'zh-CN': '房间已被占用。' } }],
  }

  let world: RecordsWorld
  beforeAll(async () => {
    world = await recordsWorld(
      'records-sets',
      [
        {
          object: 'party',
          plural: 'parties',
          label: 'Party',
          fields: { name: { type: 'text', label: 'Name' }, code: { type: 'text', label: 'Code', unique: true } },
        },
        plan,
        price,
        slot,
        {
          role: 'own',
          label: 'Own',
          grants: {
            party: everything,
            plan: { ...everything, records: { '==': [{ var: 'owner' }, { var: 'user.id' }] } },
          },
        },
      ],
      [{}, { email: 'own@records-sets.test', name: 'Olaf Own', roles: ['own'] }],
    )
  })
  afterAll(async () => world?.app.close())

  const type = (object: string) => object.charAt(0).toUpperCase() + object.slice(1)
  const create = (object: string, data: unknown, headers?: Record<string, string>) =>
    world.ask(`mutation($data: ${type(object)}Create!) { create${type(object)}(data: $data) { id } }`, { data }, headers)
  const createMany = (object: string, data: unknown, atomic = true) =>
    world.ask(
      `mutation($data: [${type(object)}Create!]!, $atomic: Boolean!) { create${type(object)}s(data: $data, atomic: $atomic) { count issues { row code path } } }`,
      { data, atomic },
    )
  const idOf = (answer: Awaited<ReturnType<typeof create>>, object: string) => dataOf<{ id: string }>(answer, `create${type(object)}`).id
  const problems = (answer: Awaited<ReturnType<typeof create>>) => [
    answer.body.errors?.[0]?.extensions.code,
    ...(answer.body.errors?.[0]?.extensions.issues.map(found => `${found.code} ${found.path}`) ?? []),
  ]
  const message = (answer: Awaited<ReturnType<typeof create>>) => answer.body.errors?.[0]?.extensions.issues[0]?.message
  let parties = 0
  const party = async () => idOf(await create('party', { name: `party ${++parties}` }), 'party')

  describe('fields that are unique together', () => {
    it('let one of 20 parallel writers through and tell the others which record was first', async () => {
      const partyId = await party()
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) => create('plan', { name: `plan ${index}`, partyId, year: 2026 })),
      )
      const good = answers.flatMap((answer, index) => (answer.body.errors ? [] : [`plan ${index}`]))
      expect(good).toHaveLength(1)
      for (const answer of answers.filter(({ body }) => body.errors)) {
        expect(answer.status).toBeLessThan(500)
        expect(problems(answer)).toEqual(['DUPLICATE', 'SET_DUPLICATE partyId', 'SET_DUPLICATE year'])
        expect(message(answer)).toBe(`Party and Year together are already used by “${good[0]}”.`)
      }
    })

    it('speak the language of the writer', async () => {
      const partyId = await party()
      await create('plan', { name: 'A', partyId, year: 1 })
      const answer = await create('plan', { name: 'B', partyId, year: 1 }, { ...world.headers, 'accept-language': 'zh-CN' })
      expect(message(answer)).toBe('单位与年份的组合已被「A」使用。')
    })

    it('do not name a record that the writer may not see', async () => {
      const partyId = await party()
      await create('plan', { name: 'Secret', partyId, year: 1 })
      const own = await signInHeaders(world.app, 'own@records-sets.test')
      const answer = await create('plan', { name: 'B', partyId, year: 1 }, own)
      expect(problems(answer)).toEqual(['DUPLICATE', 'SET_DUPLICATE partyId', 'SET_DUPLICATE year'])
      expect(message(answer)).toBe('Party and Year together are already in use.')
    })

    it('do not clash where one is empty, where the other record is deleted, or with themselves', async () => {
      const partyId = await party()
      expect(problems(await create('plan', { name: 'A', partyId }))).toEqual([undefined])
      expect(problems(await create('plan', { name: 'B', partyId }))).toEqual([undefined])
      const id = idOf(await create('plan', { name: 'C', partyId, year: 7 }), 'plan')
      expect(problems(await world.ask('mutation($id: ID!) { updatePlan(id: $id, data: { year: 7, name: "D" }) { id } }', { id }))).toEqual([
        undefined,
      ])
      await world.ask('mutation($id: ID!) { deletePlan(id: $id) { id } }', { id })
      expect(problems(await create('plan', { name: 'E', partyId, year: 7 }))).toEqual([undefined])
      expect(problems(await world.ask('mutation($id: ID!) { restorePlan(id: $id) { id } }', { id }))).toEqual([
        'DUPLICATE',
        'SET_DUPLICATE partyId',
        'SET_DUPLICATE year',
      ])
    })

    it('are checked within a batch', async () => {
      const partyId = await party()
      const answer = await createMany(
        'plan',
        [1, 2, 1].map(year => ({ name: 'x', partyId, year })),
        false,
      )
      expect(answer.body.data?.createPlans).toEqual({
        count: 2,
        issues: [
          { row: 2, code: 'SET_DUPLICATE', path: 'partyId' },
          { row: 2, code: 'SET_DUPLICATE', path: 'year' },
        ],
      })
    })

    it('change places within one request, as a value does that is unique by itself, and what another one keeps stays taken', async () => {
      const partyId = await party()
      const idsOf = async (years: readonly number[]) =>
        Promise.all(years.map(async year => idOf(await create('plan', { name: `Y${year}`, partyId, year }), 'plan')))
      const [a, b, c] = await idsOf([1, 2, 3])
      const upsert = (data: object) =>
        world.ask('mutation($data: [PlanCreate!]!) { upsertPlans(data: $data, by: ["id"]) { nodes { year } } }', { data })
      const turned = [
        { id: a, year: 2 },
        { id: b, year: 3 },
        { id: c, year: 1 },
      ]
      expect((await upsert(turned)).body.data?.upsertPlans).toEqual({ nodes: [{ year: 2 }, { year: 3 }, { year: 1 }] })
      expect(problems(await upsert([{ id: a, year: 1 }]))[0]).toBe('DUPLICATE')
      const first = idOf(await create('party', { name: 'one', code: 'S-1' }), 'party')
      const second = idOf(await create('party', { name: 'two', code: 'S-2' }), 'party')
      const swap = (data: object) =>
        world.ask('mutation($data: [PartyCreate!]!) { upsertParties(data: $data, by: ["id"]) { nodes { code version } } }', { data })
      const swapped = [
        { id: first, name: 'one', code: 'S-2' },
        { id: second, name: 'two', code: 'S-1' },
      ]
      expect((await swap(swapped)).body.data?.upsertParties).toEqual({
        nodes: [
          { code: 'S-2', version: 2 },
          { code: 'S-1', version: 2 },
        ],
      })
      const both = [
        { id: first, name: 'one', code: 'S-9' },
        { id: second, name: 'two', code: 'S-9' },
      ]
      expect(problems(await swap(both))).toEqual(['DUPLICATE', 'VALUE_DUPLICATE 1/code'])
    })

    it('are a key to upsert by', async () => {
      const partyId = await party()
      const upsert = (data: unknown) =>
        world.ask('mutation($data: [PlanCreate!]!) { upsertPlans(data: $data, by: ["onePerYear"]) { nodes { name year version } } }', {
          data,
        })
      const rows = (name: string) => [
        { name, partyId, year: 1 },
        { name, party: { id: partyId }, year: 2 },
      ]
      await upsert(rows('first'))
      expect((await upsert([...rows('second'), { name: 'third', partyId, year: 3 }])).body.data?.upsertPlans).toEqual({
        nodes: [
          { name: 'second', year: 1, version: 2 },
          { name: 'second', year: 2, version: 2 },
          { name: 'third', year: 3, version: 1 },
        ],
      })
      const unknown = await world.ask('mutation { upsertPlans(data: [], by: ["nope"]) { count } }')
      expect(problems(unknown)).toEqual(['BAD_REQUEST', 'KEY_UNFIT by'])
    })
  })

  describe('ranges that may not overlap', () => {
    const range = (kind: string | null, validFrom: string | null, validTo: string | null, name = `${validFrom}–${validTo}`) =>
      create('price', { name, kind, validFrom, validTo })

    it('include their last day, and may be open at either end', async () => {
      expect(problems(await range('a', '2026-01-01', '2026-01-31', 'January'))).toEqual([undefined])
      const clash = await range('a', '2026-01-31', null)
      expect(problems(clash)).toEqual(['VALIDATION_FAILED', 'RANGE_OVERLAPS validFrom', 'RANGE_OVERLAPS validTo'])
      expect(message(clash)).toBe('Valid from to Valid to overlaps “January”.')
      expect(problems(await range('a', '2026-02-01', null))).toEqual([undefined])
      expect(problems(await range('a', '2030-01-01', '2030-01-01'))).toContain('RANGE_OVERLAPS validFrom')
      expect(problems(await range('a', null, '2025-12-31'))).toEqual([undefined])
      expect(problems(await range('a', null, '1900-01-01'))).toContain('RANGE_OVERLAPS validTo')
      expect(problems(await range('a', '2026-03-01', '2026-02-01'))).toEqual([
        'VALIDATION_FAILED',
        'RANGE_CROSSED validFrom',
        'RANGE_CROSSED validTo',
      ])
    })

    it('leave alone other values, empty ones, and records that say no range', async () => {
      expect(problems(await range('b', '2026-01-01', '2026-01-31'))).toEqual([undefined])
      expect(problems(await range(null, '2026-01-01', '2026-01-31'))).toEqual([undefined])
      expect(problems(await range(null, '2026-01-01', '2026-01-31'))).toEqual([undefined])
      expect(problems(await range('b', null, null))).toEqual([undefined])
    })

    it('let one of 20 parallel writers through, without one waiting in a circle', async () => {
      const answers = await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          createMany('price', [
            { name: `x${index}`, kind: index % 2 ? 'p' : 'q', validFrom: '2026-05-01', validTo: '2026-05-20' },
            { name: `y${index}`, kind: index % 2 ? 'q' : 'p', validFrom: `2026-06-${String(index + 1).padStart(2, '0')}`, validTo: null },
          ]),
        ),
      )
      expect(answers.filter(answer => answer.status >= 500)).toEqual([])
      // of the second kind of the first through, the open end bars everything later
      expect(answers.filter(answer => !answer.body.errors).length).toBeLessThanOrEqual(2)
      expect(answers.filter(answer => !answer.body.errors).length).toBeGreaterThanOrEqual(1)
      const { rows } = await world.app.database.pool.query(
        `select from w_records_sets.price a join w_records_sets.price b on a.id < b.id and a.kind = b.kind and a.kind in ('p', 'q')
       and daterange(a.valid_from, a.valid_to, '[]') && daterange(b.valid_from, b.valid_to, '[]')`,
      )
      expect(rows).toEqual([])
    })

    it('are checked within a batch, and may move over one another in one', async () => {
      const [first, second] = [
        idOf(await range('m', '2026-01-01', '2026-01-31'), 'price'),
        idOf(await range('m', '2026-02-01', '2026-02-28'), 'price'),
      ]
      const upsert = await world.ask('mutation($data: [PriceCreate!]!) { upsertPrices(data: $data, by: ["id"]) { count } }', {
        data: [
          { id: first, validFrom: '2026-01-01', validTo: '2026-02-14' },
          { id: second, validFrom: '2026-02-15', validTo: '2026-02-28' },
        ],
      })
      expect(problems(upsert)).toEqual([undefined])
      const answer = await createMany(
        'price',
        ['2026-01-01', '2026-01-10', '2026-02-01'].map(validFrom => ({ kind: 'n', validFrom, validTo: validFrom.replace(/-01$/, '-20') })),
        false,
      )
      expect(answer.body.data?.createPrices).toMatchObject({ count: 2, issues: [{ row: 1, code: 'RANGE_OVERLAPS' }, { row: 1 }] })
    })

    it('of moments end before their end, and say the words of the definition', async () => {
      const time = (starts: string, ends: string) => create('slot', { name: starts, starts, ends })
      expect(problems(await time('2026-01-01T08:00:00Z', '2026-01-01T09:00:00Z'))).toEqual([undefined])
      expect(problems(await time('2026-01-01T09:00:00Z', '2026-01-01T10:00:00Z'))).toEqual([undefined])
      const clash = await time('2026-01-01T09:59:00Z', '2026-01-01T11:00:00Z')
      expect(message(clash)).toBe('The room is taken.')
      expect(problems(clash)).toEqual(['VALIDATION_FAILED', 'RANGE_OVERLAPS starts', 'RANGE_OVERLAPS ends'])
    })
  })

  describe('publishing sets over records that are there', () => {
    const free = { object: 'free', plural: 'frees', label: 'Free', fields: { a: { type: 'integer' }, b: { type: 'integer' } } }
    const check = async (put: unknown) => {
      const answer = await post(
        `${world.app.url}/platform`,
        'mutation($put: [JSON!]) { publish(put: $put) { version } }',
        { put: [put] },
        world.headers,
      )
      return answer.body.errors?.[0]?.extensions.issues.map(found => `${found.code} ${found.path}: ${found.message}`) ?? []
    }

    it('is refused while they share values or overlap, with how many and an example', async () => {
      await publish(world.app, world.headers, [free])
      await createMany('free', [
        { a: 1, b: 5 },
        { a: 1, b: 5 },
        { a: 9, b: 9 },
      ])
      expect(await check({ ...free, unique: [{ unique: 'both', fields: ['a', 'b'] }] })).toEqual([
        'SET_VALUES_DOUBLE objects/free/unique/0: 1 combinations of a and b stand in several records, so they cannot be unique.',
      ])
      expect(await check({ ...free, ranges: [{ range: 'span', from: 'a', to: 'b' }] })).toEqual([
        'RANGES_OVERLAP objects/free/ranges/0: 1 records overlap others from a to b.',
      ])
      expect(await check({ ...free, ranges: [{ range: 'a', from: 'a', to: 'c', per: ['b'] }] })).toEqual([
        'NAME_TAKEN objects/free/ranges/0/range: The name “a” is taken by Free.',
        'FIELD_UNKNOWN objects/free/ranges/0/to: free has no field “c”.',
      ])
    })
  })
})

describe('ranges', () => {
  const field = (key: string) => ({ key, class: dateClass }) as RangeSet['from']
  const range = (isEndIncluded: boolean): RangeSet => ({
    name: 'r',
    from: field('a'),
    to: field('b'),
    per: [field('k')],
    isEndIncluded,
    message: null,
  })
  const entry = (a: string | null, b: string | null, k: string) => ({ change: { after: { a, b, k } }, row: 0 }) as unknown as Entry

  describe('ranges among each other', () => {
    it('overlap somewhere exactly when some two of them do, for 2,000 random sets', () => {
      const seed = 7
      let state = seed
      const random = (below: number) => {
        state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
        return (state >> 8) % below
      }
      const day = (at: number) => `2026-01-${String(at + 1).padStart(2, '0')}`
      for (let round = 0; round < 2000; round++) {
        const included = round % 2 === 0
        const spans = Array.from({ length: 1 + random(5) }, () => {
          const [from, length] = [random(20), random(4) + (included ? 0 : 1)]
          return { a: random(9) === 0 ? null : day(from), b: random(9) === 0 ? null : day(from + length), k: random(2) ? 'x' : 'y' }
        })
        const isBefore = (end: string | null, start: string | null) =>
          end !== null && start !== null && (included ? end < start : end <= start)
        const some = spans.some((left, at) =>
          spans.slice(at + 1).some(right => left.k === right.k && !isBefore(left.b, right.a) && !isBefore(right.b, left.a)),
        )
        const found = overlapsAmong(
          range(included),
          spans.map(({ a, b, k }) => entry(a, b, k)),
        )
        expect([seed, round, spans, found.size > 0]).toEqual([seed, round, spans, some])
      }
    })
  })
})
