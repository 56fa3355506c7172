import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals'
import { parse } from 'csv-parse/sync'
import excel from 'exceljs'
import { zipSync } from 'fflate'
import { RecordsReader } from '../../runtime/graphql/records-reader.js'
import { RequestError } from '../../runtime/request-error.js'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'

let world: RecordsWorld
let clerk: Record<string, string>

const definitions = [
  {
    object: 'town',
    plural: 'towns',
    label: { en: 'Town', 'zh-CN': '城市' },
    title: 'name',
    owner: 'none',
    fields: { name: { type: 'text', label: 'Name', required: true }, inhabitants: { type: 'integer', label: 'Inhabitants' } },
  },
  { object: 'plan', plural: 'plans', label: 'Plan', title: 'name', owner: 'none', fields: { name: { type: 'text', label: 'Name' } } },
  {
    object: 'shop',
    plural: 'shops',
    label: { en: 'Shop', 'zh-CN': '门店' },
    pluralLabel: { en: 'Shops', 'zh-CN': '门店' },
    title: 'name',
    fields: {
      code: { type: 'text', label: 'Code', unique: true },
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, search: 5 },
      town: { type: 'lookup', label: { en: 'Town', 'zh-CN': '城市' }, to: 'town', inverse: 'shops' },
      opened: { type: 'date', label: 'Opened' },
      checked: { type: 'dateTime', label: 'Checked' },
      open: { type: 'boolean', label: 'Open' },
      rent: { type: 'money', label: 'Rent' },
      share: { type: 'percent', label: 'Share' },
      staff: { type: 'integer', label: 'Staff' },
      sizes: {
        type: 'multiSelect',
        label: 'Sizes',
        options: [
          { value: 's', label: 'Small' },
          { value: 'l', label: 'Large' },
        ],
      },
      phone: { type: 'phone', label: 'Phone' },
      keptFor: { type: 'polymorphic', label: 'Kept for', to: ['town', 'plan'] },
      suppliers: { type: 'manyToMany', label: 'Suppliers', to: 'town', inverse: 'supplied' },
      secret: { type: 'text', label: 'Secret' },
    },
  },
  {
    role: 'clerk',
    label: 'Clerk',
    grants: {
      shop: { actions: ['read', 'export'], records: { '==': [{ var: 'record.open' }, true] }, fields: { secret: 'hidden' } },
      town: { actions: ['read'] },
    },
  },
  {
    role: 'partly',
    label: 'Exports less than it reads',
    grants: { shop: { actions: ['read'] } },
  },
  {
    role: 'smallOnly',
    label: 'Exports small ones',
    grants: { shop: { actions: ['export'], records: { '<': [{ var: 'record.staff' }, 5] } } },
  },
]

const shops = [
  {
    code: 'A',
    name: '=HYPERLINK("http://x","y")',
    town: { create: { name: '上海', inhabitants: 24870000 } },
    opened: '2020-02-29',
    checked: '2026-01-31T20:30:15.000Z',
    open: true,
    rent: '1234567.8901',
    share: '0.0525',
    staff: 12,
    sizes: ['s', 'l'],
    phone: '+8613800138000',
    secret: 'never',
  },
  { code: 'B', name: 'Quote " and, comma\nline', open: false, rent: '-5', staff: 3 },
  { code: 'C', name: '门店', open: true, staff: 4 },
]

beforeAll(async () => {
  world = await recordsWorld('exports', definitions, [
    { timeZone: 'Asia/Shanghai' },
    { email: 'clerk@exports.test', name: 'Cleo Clerk', roles: ['clerk'], locale: 'en' },
    { email: 'partly@exports.test', name: 'Pat Partly', roles: ['partly', 'smallOnly'], locale: 'en' },
  ])
  clerk = await signInHeaders(world.app, 'clerk@exports.test')
  await world.get('mutation($data: [ShopCreate!]!) { createShops(data: $data) { count } }', { data: shops })
})
afterAll(() => world.app.close())

const ask = (order: Record<string, unknown>, headers = world.headers) =>
  fetch(`${world.app.url}/exports`, {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'accept-language': 'en' },
    body: JSON.stringify(order),
  })
const rowsOf = async (order: Record<string, unknown>, headers = world.headers): Promise<string[][]> => {
  const response = await ask({ object: 'shop', orderBy: [{ code: 'ASC' }], ...order }, headers)
  if (response.status !== 200) throw new Error(await response.text())
  return parse(await response.text(), { bom: true })
}
const book = async (order: Record<string, unknown>) => {
  const workbook = new excel.Workbook()
  await workbook.xlsx.load(await (await ask({ object: 'shop', format: 'xlsx', orderBy: [{ code: 'ASC' }], ...order })).arrayBuffer())
  return workbook.worksheets[0] as excel.Worksheet
}

describe('exporting records as CSV', () => {
  it('writes labels, names of related records, exact numbers and times of the reader, and no formula', async () => {
    expect(
      await rowsOf({
        fields: ['code', 'name', 'town', 'town.inhabitants', 'opened', 'checked', 'open', 'rent', 'share', 'sizes', 'phone'],
      }),
    ).toEqual([
      ['Code', 'Name', 'Town', 'Town · Inhabitants', 'Opened', 'Checked', 'Open', 'Rent', 'Share', 'Sizes', 'Phone'],
      [
        'A',
        `'=HYPERLINK("http://x","y")`,
        '上海',
        '24870000',
        '2020-02-29',
        '2026-02-01 04:30:15',
        'Yes',
        '1234567.8901',
        '5.25%',
        'Small, Large',
        '+8613800138000',
      ],
      ['B', 'Quote " and, comma line', '', '', '', '', 'No', '-5', '', '', ''],
      ['C', '门店', '', '', '', '', 'Yes', '', '', '', ''],
    ])
  })

  it('writes what one of several objects is called, its id where it has no name, and links in no column of their own', async () => {
    const make = (data: object) =>
      world.get<{ id: string; keptForId: string }>('mutation($data: ShopCreate!) { createShop(data: $data) { id keptForId } }', { data })
    const town = await make({ code: 'K1', name: 'Kept 1', keptFor: { town: { create: { name: 'Lhasa' } } } })
    const plan = await make({ code: 'K2', name: 'Kept 2', keptFor: { plan: { create: {} } } })
    const where = { code: { startsWith: 'K' } }
    expect(await rowsOf({ fields: ['code', 'keptFor'], where })).toEqual([
      ['Code', 'Kept for'],
      ['K1', 'Lhasa'],
      ['K2', plan.keptForId],
    ])
    const [usual = []] = await rowsOf({ where })
    expect(usual).toContain('Kept for')
    expect(usual).not.toContain('Suppliers')
    await world.get('mutation($where: ShopWhere!) { deleteShops(where: $where) { count } }', { where: { id: { in: [town.id, plan.id] } } })
  })

  it('is a file to save, named after the records and the day, not kept by any cache', async () => {
    const response = await ask({ object: 'shop', fields: ['code'] })
    expect(response.headers.get('content-disposition')).toMatch(/^attachment; filename="Shops \d{4}-\d{2}-\d{2}\.csv"/)
    expect(response.headers.get('cache-control')).toBe('private, no-store')
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8')
    await response.arrayBuffer()
  })

  it('takes filter, search and order of the records API', async () => {
    expect(await rowsOf({ fields: ['code'], where: { open: { eq: true } }, orderBy: [{ staff: 'DESC' }] })).toEqual([
      ['Code'],
      ['A'],
      ['C'],
    ])
    expect(await rowsOf({ fields: ['code'], search: '门店' })).toEqual([['Code'], ['C']])
  })

  it('shows without named fields what people see, and only what the reader may see', async () => {
    const [head = [], ...rows] = await rowsOf({}, clerk)
    expect(head).toEqual(expect.arrayContaining(['Code', 'Name', 'Town', 'Rent', 'Owner']))
    expect(head).not.toContain('Secret')
    expect(rows.map(row => row[0])).toEqual(['A', 'C'])
  })

  it('gives only records that may be read and are covered by the right to export', async () => {
    const partly = await signInHeaders(world.app, 'partly@exports.test')
    expect(await rowsOf({ fields: ['code'] }, partly)).toEqual([['Code'], ['B'], ['C']])
  })

  it('walks through more records than fit on a page', async () => {
    await world.get('mutation($data: [TownCreate!]!) { createTowns(data: $data) { count } }', {
      data: Array.from({ length: 1_000 }, (_, n) => ({ name: `Town ${n}` })),
    })
    const response = await ask({ object: 'town', fields: ['name'], where: { name: { startsWith: 'Town' } } })
    const rows = parse(await response.text(), { bom: true }) as string[][]
    expect(new Set(rows.map(([name]) => name)).size).toBe(1_001)
  })

  it('has every record once, as all were at one moment, whatever moves meanwhile', async () => {
    const order = {
      object: 'town',
      fields: ['name', 'inhabitants'],
      where: { name: { startsWith: 'Town' } },
      orderBy: [{ inhabitants: 'ASC' }],
    }
    await world.get('mutation { updateTowns(where: { name: { startsWith: "Town" } }, data: { inhabitants: 5 }) { count } }')
    const reader = world.app.app.get(RecordsReader)
    const readPage = reader.ask.bind(reader)
    const page = jest.spyOn(reader, 'ask').mockImplementationOnce(async (...asked) => {
      const first = await readPage(...asked)
      await world.get('mutation { updateTowns(where: { name: { startsWith: "Town 1" } }, data: { inhabitants: 9 }) { count } }')
      await world.get('mutation { updateTowns(where: { name: { startsWith: "Town 9" } }, data: { inhabitants: 1 }) { count } }')
      await world.get('mutation { deleteTowns(where: { name: { startsWith: "Town 5" } }) { count } }')
      return first
    })
    const rows = parse(await (await ask(order)).text(), { bom: true }) as string[][]
    page.mockRestore()
    expect([rows.length, new Set(rows.map(([name]) => name)).size]).toEqual([1_001, 1_001])
    expect(new Set(rows.slice(1).map(([, inhabitants]) => inhabitants))).toEqual(new Set(['5']))
  })

  it.each(['csv', 'xlsx'])('as %s is a whole file or none: what fails on the way is told, and the next one begins', async format => {
    const page = jest.spyOn(world.app.app.get(RecordsReader), 'ask')
    page.mockImplementation(() => Promise.reject(new RequestError('TIMEOUT', [])))
    const answers = await Promise.all([1, 2, 3, 4].map(() => ask({ object: 'town', fields: ['name'], format })))
    page.mockRestore()
    expect(answers.map(({ status }) => status)).toEqual([504, 504, 504, 504])
    const whole = await ask({ object: 'town', fields: ['name'], format })
    expect([whole.status, Number(whole.headers.get('content-length'))]).toEqual([200, (await whole.arrayBuffer()).byteLength])
  })

  it('refuses before the first byte, all at once and in the language of the reader', async () => {
    const bad = await ask({ object: 'shop', fields: ['nmae', 'secret', 'town.x'] }, clerk)
    expect(bad.status).toBe(422)
    const { errors } = (await bad.json()) as {
      errors: { extensions: { code: string; issues: { code: string; path: string; hint: string }[] } }[]
    }
    expect(errors[0]?.extensions.issues.map(({ code, path }) => [code, path])).toEqual([
      ['FIELD_UNKNOWN', 'fields/0'],
      ['FIELD_UNKNOWN', 'fields/1'],
      ['FIELD_UNKNOWN', 'fields/2'],
    ])
    expect(errors[0]?.extensions.issues[0]?.hint).toContain('name')
    for (const [order, status] of [
      [{ object: 'nothing' }, 404],
      [{ object: 'town' }, 403],
      [{ object: 'shop', where: { secret: { eq: 'x' } } }, 400],
      [{ object: 'shop', format: 'pdf', more: 1 }, 400],
      [{ object: 'shop', fields: 'code' }, 400],
      [[], 400],
    ] as const)
      expect([order, (await ask(order as Record<string, unknown>, clerk)).status]).toEqual([order, status])
    expect((await ask({ object: 'shop' }, {})).status).toBe(401)
  })

  it('goes back in through an import as it came out', async () => {
    const response = await ask({
      object: 'shop',
      fields: ['code', 'name', 'town', 'opened', 'checked', 'open', 'rent', 'share', 'staff', 'sizes', 'phone'],
      where: { code: { ne: 'A' } },
    })
    const file = await upload(world.app.url, world.headers, 'shops.csv', await response.text())
    const fields = {
      Code: 'code',
      Name: 'name',
      Opened: 'opened',
      Checked: 'checked',
      Open: 'open',
      Rent: 'rent',
      Share: 'share',
      Staff: 'staff',
      Sizes: 'sizes',
      Phone: 'phone',
    }
    const mapping = Object.entries(fields).map(([column, field]) => ({ column, field }))
    const { result } = await runImport(world.app.url, world.headers, { object: 'shop', file, mapping, match: 'code' })
    expect(result).toEqual({ created: 0, updated: 0, unchanged: 2, refused: 0 })
  })
})

describe('exporting records as XLSX', () => {
  it('writes numbers, days and booleans as such, and texts never as formulas', async () => {
    const sheet = await book({ fields: ['name', 'opened', 'checked', 'open', 'rent', 'share', 'staff'] })
    expect(sheet.name).toBe('Shops')
    expect((sheet.getRow(2).values as unknown[]).slice(1)).toEqual([
      '=HYPERLINK("http://x","y")',
      new Date('2020-02-29T00:00:00Z'),
      new Date('2026-02-01T04:30:15Z'),
      true,
      1234567.8901,
      0.0525,
      12,
    ])
    expect(sheet.getCell('A2').type).toBe(excel.ValueType.String)
    expect(sheet.getCell('F2').numFmt).toBe('0.####%')
  })

  it('is kept as a file by the administration API, for whoever made it', async () => {
    const query =
      'mutation { exportRecords(object: "shop", format: "xlsx", fields: ["code"], where: { open: { eq: true } }) { id name type size } }'
    const file = dataOf<{ id: string; name: string; size: number }>(
      await post(`${world.app.url}/platform`, query, {}, world.headers),
      'exportRecords',
    )
    const bytes = await (await fetch(`${world.app.url}/files/${file.id}`, { headers: world.headers })).arrayBuffer()
    expect([file.name.endsWith('.xlsx'), bytes.byteLength]).toEqual([true, file.size])
    expect((await fetch(`${world.app.url}/files/${file.id}`, { headers: clerk })).status).toBe(404)
  })
})

describe('importing XLSX', () => {
  const workbook = async (fill: (sheet: excel.Worksheet) => void): Promise<Uint8Array> => {
    const made = new excel.Workbook()
    made.addWorksheet('Empty')
    fill(made.addWorksheet('Shops'))
    return new Uint8Array(await made.xlsx.writeBuffer())
  }
  const mapping = ['code', 'name', 'opened', 'checked', 'open', 'rent', 'share', 'staff'].map(field => ({ column: field, field }))

  it('reads days, numbers, booleans, rich texts and results of formulas of the first sheet with rows', async () => {
    const content = await workbook(sheet => {
      sheet.addRow([])
      sheet.addRow(mapping.map(({ column }) => column))
      sheet.addRow([
        'X1',
        { richText: [{ text: 'Rich ' }, { text: 'text', font: { bold: true } }] },
        new Date('2024-02-29T00:00:00Z'),
        new Date('2024-02-29T08:15:00Z'),
        true,
        0.1 + 0.2,
        0.15,
        { formula: '6*7', result: 42 },
      ])
    })
    const file = await upload(world.app.url, world.headers, 'shops.xlsx', content)
    const seen = await post(
      `${world.app.url}/platform`,
      'query($file: ID!) { inspectImport(file: $file, object: "shop") { format encoding rows columns { name field } } }',
      { file },
      world.headers,
    )
    expect(seen.body.data?.inspectImport).toMatchObject({
      format: 'xlsx',
      encoding: null,
      rows: 1,
      columns: mapping.map(({ column, field }) => ({ name: column, field })),
    })
    const { result } = await runImport(world.app.url, world.headers, { object: 'shop', file, mapping })
    expect(result).toMatchObject({ created: 1, refused: 0 })
    const { nodes } = await world.get<{ nodes: unknown[] }>(
      '{ shops(where: { code: { eq: "X1" } }) { nodes { name opened checked open rent share staff } } }',
    )
    expect(nodes).toEqual([
      { name: 'Rich text', opened: '2024-02-29', checked: '2024-02-29T00:15:00.000Z', open: true, rent: '0.3', share: '0.15', staff: 42 },
    ])
  })

  it('names the row of the sheet where one is refused', async () => {
    const content = await workbook(sheet => {
      sheet.addRow(['code', 'name', 'staff'])
      sheet.addRow(['Y1', 'Good', 1])
      sheet.addRow([])
      sheet.addRow(['Y2', 'Bad', 'many'])
    })
    const file = await upload(world.app.url, world.headers, 'shops.xlsx', content)
    const job = await runImport(world.app.url, world.headers, {
      object: 'shop',
      file,
      mapping: mapping.filter(({ field }) => ['code', 'name', 'staff'].includes(field)),
    })
    expect(job.result).toMatchObject({ created: 1, refused: 1 })
    const refused = await (await fetch(`${world.app.url}/files/${job.errorsFile ?? ''}`, { headers: world.headers })).text()
    expect(refused).toContain('Y2,Bad,many,4,staff')
  })

  it('refuses what is no workbook, an old one, and one that would unpack into too much', async () => {
    const inspect = async (content: Uint8Array) => {
      const file = await upload(world.app.url, world.headers, 'x.xlsx', content)
      const answer = await post(
        `${world.app.url}/platform`,
        'query($file: ID!) { inspectImport(file: $file, object: "shop") { rows } }',
        { file },
        world.headers,
      )
      return answer.body.errors?.[0]?.extensions.issues.map(({ code }) => code)
    }
    expect(await inspect(zipSync({ 'a.txt': new Uint8Array(3) }))).toEqual(['FILE_NOT_XLSX'])
    expect(await inspect(new Uint8Array([0x50, 0x4b, 0x03, 0x04, 1, 2, 3]))).toEqual(['FILE_NOT_XLSX'])
    expect(await inspect(new Uint8Array([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1]))).toEqual(['FILE_OLD_EXCEL'])
    const many = Object.fromEntries(Array.from({ length: 2_001 }, (_, n) => [`${n}`, new Uint8Array(1)]))
    expect(await inspect(zipSync(many))).toEqual(['FILE_TOO_RICH'])
    expect(await inspect(zipSync({ 'xl/workbook.xml': new Uint8Array(40 * 1024 * 1024) }))).toEqual(['FILE_TOO_RICH'])
  })
})
