import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { harmless } from '../../runtime/files/harmless.js'
import { dataOf, post, signInHeaders } from '../support/app.js'
import { upload } from '../support/files.js'
import { runImport } from '../support/imports.js'
import { everything, type RecordsWorld, recordsWorld } from '../support/records.js'

let world: RecordsWorld
let rep: Record<string, string>

const definitions = [
  {
    object: 'region',
    plural: 'regions',
    label: { en: 'Region', 'zh-CN': '区域' },
    title: 'name',
    owner: 'none',
    fields: {
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true },
      code: { type: 'text', label: 'Code', unique: true },
      above: { type: 'hierarchy', label: 'Above', inverse: 'below' },
    },
  },
  {
    object: 'shop',
    plural: 'shops',
    label: { en: 'Shop', 'zh-CN': '门店' },
    title: 'name',
    fields: {
      name: { type: 'text', label: { en: 'Name', 'zh-CN': '名称' }, required: true, maxLength: 20 },
      code: { type: 'text', label: { en: 'Code', 'zh-CN': '编码' }, unique: true, was: ['identifier'] },
      region: { type: 'lookup', label: { en: 'Region', 'zh-CN': '区域' }, to: 'region', inverse: 'shops' },
      opened: { type: 'date', label: { en: 'Opened', 'zh-CN': '开业日期' } },
      size: {
        type: 'select',
        label: 'Size',
        options: [
          { value: 's', label: 'Small' },
          { value: 'l', label: { en: 'Large', 'zh-CN': '大' } },
        ],
      },
      rent: { type: 'money', label: { en: 'Rent', 'zh-CN': '租金' } },
      secret: { type: 'text', label: 'Secret' },
    },
  },
  {
    role: 'clerk',
    label: 'Clerk',
    grants: { shop: { actions: ['read', 'create', 'import'], fields: { secret: 'hidden' } }, region: { actions: ['read', 'create'] } },
  },
  { role: 'writer', label: 'Writer', grants: { shop: everything, region: everything } },
]

beforeAll(async () => {
  world = await recordsWorld('imports', definitions, [
    {},
    { email: 'rep@imports.test', name: 'Rita Rep', roles: ['clerk'], locale: 'zh-CN' },
  ])
  rep = await signInHeaders(world.app, 'rep@imports.test')
})
afterAll(() => world.app.close())

const send = (content: string | Uint8Array, headers = world.headers, name = 'shops.csv') => upload(world.app.url, headers, name, content)
const take = async (
  content: string | Uint8Array,
  order: { object?: string; mapping: unknown; match?: string; dryRun?: boolean },
  headers = world.headers,
) => runImport(world.app.url, headers, { object: 'shop', ...order, file: await send(content, headers) })
const inspect = async (content: string | Uint8Array, object = 'shop', mapping: unknown = null) =>
  dataOf<{
    rows: number
    encoding: string
    delimiter: string
    mapping: unknown
    columns: { name: string; field: string | null; guess: string | null }[]
    values: unknown[]
  }>(
    await post(
      `${world.app.url}/platform`,
      'query($file: ID!, $object: String!, $mapping: JSON) { inspectImport(file: $file, object: $object, mapping: $mapping) { rows encoding delimiter mapping values { column field value count suggestion } columns { name field guess } } }',
      { file: await send(content), object, mapping },
      world.headers,
    ),
    'inspectImport',
  )
const codesOf = (answer: Awaited<ReturnType<typeof post>>) =>
  answer.body.errors?.flatMap(({ extensions }) => [extensions.code, ...extensions.issues.map(({ code, path }) => `${code} ${path}`)])
const shops = (where = {}) =>
  world.get<{ nodes: Record<string, unknown>[] }>(
    'query($where: ShopWhere) { shops(where: $where, orderBy: [{ name: ASC }]) { nodes { name code opened size rent region { name } version } } }',
    { where },
  )

describe('looking through a file', () => {
  it('finds encoding, delimiter and columns in either language, by former names and by resemblance', async () => {
    const found = await inspect('\ufeff名称;Identifier;opened on;SIZE;Umsatz\nA;1;2020-01-02;small;5\n\n;;;;\nB;2;;大;\n')
    expect(found).toMatchObject({ rows: 2, encoding: 'utf-8', delimiter: ';' })
    expect(found.columns).toEqual([
      { name: '名称', field: 'name', guess: 'name' },
      { name: 'Identifier', field: 'code', guess: 'name' },
      { name: 'opened on', field: 'opened', guess: 'near' },
      { name: 'SIZE', field: 'size', guess: 'name' },
      { name: 'Umsatz', field: null, guess: null },
    ])
    expect(found.mapping).toContainEqual({ column: 'opened on', field: 'opened', dateFormat: 'YYYY-MM-DD' })
  })

  it('reads GB18030 where the bytes are no UTF-8', async () => {
    const gb = Uint8Array.from([0xc3, 0xfb, 0xb3, 0xc6, 0x2c, 0xb1, 0xe0, 0xc2, 0xeb, 0x0a, 0xb1, 0xb1, 0xbe, 0xa9, 0x2c, 0x31, 0x0a])
    expect(await inspect(gb)).toMatchObject({
      encoding: 'gb18030',
      rows: 1,
      columns: [
        { name: '名称', field: 'name' },
        { name: '编码', field: 'code' },
      ],
    })
  })

  it('names values that no option and no record has, with the nearest ones, until the mapping says what they mean', async () => {
    const text = 'name,size,region\nA,Smal,Nort\nB,Smal,\nC,l,\n'
    await world.get('mutation { createRegion(data: { name: "North" }) { id } }')
    expect((await inspect(text)).values).toEqual([
      { column: 'size', field: 'size', value: 'Smal', count: 2, suggestion: 'Small' },
      { column: 'region', field: 'region', value: 'Nort', count: 1, suggestion: 'North' },
    ])
    const areas = 'name,above\nNorthern,\nHills,Northern\nRocks,Hill\n'
    const below = [
      { column: 'name', field: 'name' },
      { column: 'above', field: 'above' },
    ]
    // a row may name another one of the same file
    expect((await inspect(areas, 'region', below)).values).toEqual([
      { column: 'above', field: 'above', value: 'Hill', count: 1, suggestion: null },
    ])
    const mapping = [
      { column: 'size', field: 'size', values: { Smal: 's' } },
      { column: 'region', field: 'region', values: { Nort: 'North' } },
    ]
    expect((await inspect(text, 'shop', mapping)).values).toEqual([])
  })

  it('is refused for an empty file, for a broken one, and without the right to import', async () => {
    const ask = async (content: string, object = 'shop', headers = world.headers) =>
      codesOf(
        await post(
          `${world.app.url}/platform`,
          'query($file: ID!, $object: String!) { inspectImport(file: $file, object: $object) { rows } }',
          { file: await send(content, headers), object },
          headers,
        ),
      )
    expect(await ask('')).toEqual(['BAD_REQUEST', 'FILE_EMPTY file'])
    expect(await ask('a,b\n"open,1\n')).toEqual(['BAD_REQUEST', 'FILE_NOT_CSV file'])
    expect(await ask('name\nA', 'region', rep)).toEqual(['FORBIDDEN', 'ACTION_FORBIDDEN object'])
  })
})

describe('an import', () => {
  const mapping = [
    { column: 'code', field: 'code' },
    { column: 'code', field: 'name' },
    { column: 'opened', field: 'opened', dateFormat: 'M/D/YYYY' },
    { column: 'rent', field: 'rent' },
  ]
  const text = 'code,opened,rent\nS1,1/31/2020,"1,200.50"\nS2,13/1/2020,5\nS3,,\n'

  it('lets one column feed two fields, reads dates and numbers as written, and leaves empty cells empty', async () => {
    expect(await take(text, { mapping })).toMatchObject({
      state: 'done',
      result: { created: 2, refused: 1 },
      reasons: [{ code: 'VALUE_TYPE', column: 'opened', value: '13/1/2020', count: 1 }],
    })
    expect((await shops({ code: { in: ['S1', 'S3'] } })).nodes).toMatchObject([
      { name: 'S1', opened: '2020-01-31', rent: '1200.5' },
      { name: 'S3', opened: null, rent: null },
    ])
  })

  it('finds records by a key: changes them, leaves equal ones alone, makes the others, and takes later rows of the same key after earlier ones', async () => {
    const job = await take('code,opened,rent\nS1,1/31/2020,1300\nS3,,\nS4,,1\nS4,,2\n', { mapping, match: 'code' })
    expect(job).toMatchObject({ result: { created: 1, updated: 2, unchanged: 1, refused: 0 } })
    expect((await shops({ code: { startsWith: 'S' } })).nodes).toMatchObject([
      { code: 'S1', rent: '1300', version: 2 },
      { code: 'S3', version: 1 },
      { code: 'S4', rent: '2', version: 2 },
    ])
  })

  it('gives in a dry run the numbers of the real one and writes nothing', async () => {
    const again = 'code,opened,rent\nS1,1/31/2020,7\nD1,,1\nD1,,1\nD1,,2\n,,\nD2,x,\n,1/1/2020,\n'
    const numbers = { created: 1, updated: 2, unchanged: 1, refused: 2 }
    expect((await take(again, { mapping, match: 'code', dryRun: true })).result).toEqual(numbers)
    expect((await shops({ code: { in: ['D1', 'D2'] } })).nodes).toEqual([])
    expect((await take(again, { mapping, match: 'code' })).result).toEqual(numbers)
  })

  it('names records by a unique field or their title, those of the same file too; several of one name are refused', async () => {
    const tree = [
      { column: 'name', field: 'name' },
      { column: 'code', field: 'code' },
      { column: 'above', field: 'above', by: 'code' },
    ]
    expect(await take('name,code,above\nEast,E,\nShore,ES,E\nEast,E2,\n', { object: 'region', mapping: tree })).toMatchObject({
      result: { created: 3, refused: 0 },
    })
    const job = await take('name,region\nR1,East\nR2,Shore\nR3,Shoor\n', {
      mapping: [
        { column: 'name', field: 'name' },
        { column: 'region', field: 'region', by: 'name' },
      ],
    })
    expect(job.result).toMatchObject({ created: 1, refused: 2 })
    expect(job.reasons).toMatchObject([
      { code: 'MATCH_SEVERAL', column: 'region', value: 'East' },
      { code: 'MATCH_NONE', column: 'region', value: 'Shoor', suggestion: 'Shore' },
    ])
  })

  it('gives the refused rows as a file that no spreadsheet takes for formulas, in the words of whoever imports', async () => {
    const job = await take(
      'name,note\n"=HYPERLINK(""x"")","two\nlines"\n-12,\nA name that is much too long,+1\n',
      { mapping: [{ column: 'name', field: 'name', values: { '-12': '' } }] },
      rep,
    )
    expect(job.result).toMatchObject({ created: 1, refused: 2 })
    const file = await fetch(`${world.app.url}/files/${job.errorsFile}`, { headers: rep })
    expect(file.headers.get('content-disposition')).toContain('shops-refused.csv')
    expect((await file.text()).split('\n')).toEqual([
      'name,note,_line,_column,_value,_code,_message,_hint',
      '-12,,4,name,,VALUE_REQUIRED,「名称」必填。,请填写名称。',
      'A name that is much too long,+1,5,name,A name that is much too long,VALUE_TOO_LONG,名称超过 20 个字符。,请缩短到 20 个字符以内。',
      '',
    ])
    const english = await take(
      'name\n\n-\n',
      { mapping: [{ column: 'name', field: 'name', values: { '-': '' } }] },
      { ...rep, 'accept-language': 'en' },
    )
    expect(english.reasons).toMatchObject([{ code: 'VALUE_REQUIRED', hint: 'Enter Name.' }])
    const cells = ['=1+1', '@x', '-x', '+1', '-1,234.5', '+86 138-0013-8000', '-2+cmd', 'a=b']
    expect(cells.map(harmless)).toEqual(["'=1+1", "'@x", "'-x", '+1', '-1,234.5', '+86 138-0013-8000', "'-2+cmd", 'a=b'])
  })

  it('is refused as a whole when its mapping does not fit, with every issue', async () => {
    const order = async (variables: object, headers = world.headers) =>
      codesOf(
        await post(
          `${world.app.url}/platform`,
          'mutation($object: String!, $file: ID!, $mapping: JSON!, $match: String) { importRecords(object: $object, file: $file, mapping: $mapping, match: $match) { id } }',
          { object: 'shop', file: await send('a,b\n1,2\n', headers), ...variables },
          headers,
        ),
      )
    expect(
      await order({
        mapping: [
          { column: 'x', field: 'name' },
          { column: 'a', field: 'nam' },
          { column: 'a', field: 'version' },
          { column: 'b', field: 'region', by: 'below' },
        ],
        match: 'name',
      }),
    ).toEqual([
      'VALIDATION_FAILED',
      'COLUMN_UNKNOWN mapping/0/column',
      'FIELD_UNKNOWN mapping/1/field',
      'FIELD_NOT_WRITABLE mapping/2/field',
      'KEY_UNFIT mapping/3/by',
      'KEY_UNFIT match',
    ])
    expect(
      await order({
        mapping: [
          { column: 'a', field: 'name' },
          { column: 'b', field: 'name' },
        ],
        match: 'code',
      }),
    ).toEqual(['VALIDATION_FAILED', 'FIELD_FED_TWICE mapping/1/field', 'MATCH_NOT_FED match'])
    expect(await order({ mapping: { a: 'name' } })).toEqual(['BAD_REQUEST', 'MAPPING_INVALID mapping'])
    expect(await order({ mapping: [{ column: 'a', field: 'secret' }] }, rep)).toEqual([
      'VALIDATION_FAILED',
      'FIELD_UNKNOWN mapping/0/field',
    ])
    expect(await order({ file: '01890a5d-ac96-774b-bcce-b302099a8057', mapping: [] })).toEqual(['NOT_FOUND', 'FILE_UNKNOWN file'])
  })

  it('is seen by whoever began it and by admins', async () => {
    const job = await take('name\nSeen\n', { mapping: [{ column: 'name', field: 'name' }] })
    const see = async (headers: Record<string, string>) =>
      (await post(`${world.app.url}/platform`, 'query($id: ID!) { importJob(id: $id) { id } imports { id } }', { id: job.id }, headers))
        .body.data
    expect(await see(rep)).toMatchObject({ importJob: null })
    const { imports } = (await see(world.headers)) as { imports: { id: string }[] }
    expect(imports[0]?.id).toBe(job.id)
  })

  it('may change nothing that the member may not change', async () => {
    expect(
      await take(
        'code,name\nS1,Mine\n',
        {
          mapping: [
            { column: 'code', field: 'code' },
            { column: 'name', field: 'name' },
          ],
          match: 'code',
        },
        rep,
      ),
    ).toMatchObject({ result: { refused: 1 }, reasons: [{ code: 'ACTION_FORBIDDEN' }] })
  })
})
