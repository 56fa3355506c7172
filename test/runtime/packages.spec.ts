import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { elementOf } from '@tessera/platform/definitions/index.js'
import { type Answer, dataOf, post, signInHeaders, startTestApp, type TestApp } from '../support/app.js'

const email = 'admin@packages.test'
let app: TestApp
let headers: Record<string, string>

beforeAll(async () => {
  app = await startTestApp('packages', [{}])
  headers = await signInHeaders(app, email)
})
afterAll(() => app.close())

type Json = Record<string, unknown>
interface State {
  name: string
  installed: string | null
  shipped: string | null
  isBase: boolean
}

const platform = (query: string, variables: Json = {}): Promise<Answer> => post(`${app.url}/platform`, query, variables, headers)
const graphql = (query: string, variables: Json = {}): Promise<Answer> => post(`${app.url}/graphql`, query, variables, headers)
const packages = async () => dataOf<State[]>(await platform('{ packages { name installed shipped isBase } }'), 'packages')
const check = async (variables: Json) =>
  dataOf<{ issues: Json[]; plan: Json[]; conflicts: Json[] }>(
    await platform(
      'query($package: [JSON!], $name: String, $settled: [SettledConflict!]) { checkPackage(package: $package, name: $name, settled: $settled) { issues plan conflicts } }',
      variables,
    ),
    'checkPackage',
  )
const install = (variables: Json) =>
  platform(
    'mutation($package: [JSON!], $name: String, $settled: [SettledConflict!], $confirm: [String!]) { installPackage(package: $package, name: $name, settled: $settled, confirm: $confirm) { version plan } }',
    variables,
  )
const remove = (variables: Json) =>
  platform(
    'mutation($name: String!, $settled: [SettledConflict!], $confirm: [String!]) { removePackage(name: $name, settled: $settled, confirm: $confirm) { version } }',
    variables,
  )
const definitions = async () => dataOf<Json[]>(await platform('{ definitions }'), 'definitions')
const isIt = (kind: string, name: string) => (one: Json) => {
  const element = elementOf(one)
  return element?.kind === kind && element.name === name
}
const named = async (kind: string, name: string): Promise<Json> => (await definitions()).find(isIt(kind, name)) ?? {}
const publish = async (put: Json[]) =>
  dataOf(await platform('mutation($put: [JSON!]) { publish(put: $put) { version } }', { put }), 'publish')
const issuesOf = (answer: Answer) =>
  answer.body.errors?.flatMap(({ extensions }) => extensions.issues.map(({ code, path }) => `${code} ${path}`))

describe('packages of a workspace', () => {
  let before: Json[]

  it('are told: the app that it began with, and those that come with the product', async () => {
    expect(await packages()).toEqual([
      { name: 'crm', installed: '0.1.0', shipped: '0.1.0', isBase: true },
      { name: 'supplierManagement', installed: null, shipped: '1.0.0', isBase: false },
    ])
  })

  it('are put in with one request: objects, forms, workflows and a report, and a group in the navigation of another app', async () => {
    before = await definitions()
    const { issues, conflicts, plan } = await check({ name: 'supplierManagement' })
    expect([issues, conflicts]).toEqual([[], []])
    expect(plan.filter(({ kind }) => kind === 'object')).toHaveLength(4)
    dataOf(await install({ name: 'supplierManagement' }), 'installPackage')
    expect((await packages())[1]).toMatchObject({ name: 'supplierManagement', installed: '1.0.0' })
    const made = await graphql('mutation { createSupplier(data: { name: "Steel & Co", email: "sales@steel.test" }) { number status } }')
    expect(dataOf(made, 'createSupplier')).toEqual({ number: 'SU-00001', status: 'candidate' })
    const groups = ((await named('navigation', 'sales')).groups as { group: string }[]).map(({ group }) => group)
    expect(groups).toEqual(expect.arrayContaining(['sales', 'purchasing']))
  })

  it('keep what the workspace changed when they come in another version, and take over the rest', async () => {
    await publish([{ ...(await named('object', 'supplier')), label: { en: 'Vendor', 'zh-CN': '供货商' } }])
    const next = [
      { app: 'supplierManagement', label: 'Supplier management', version: '1.1.0' },
      ...(await packageDefinitions()).map(one =>
        isIt('object', 'supplier')(one)
          ? {
              ...one,
              label: { en: 'Supplying firm', 'zh-CN': '供应商' },
              fields: { ...(one.fields as Json), rating: { type: 'rating', label: { en: 'Rating', 'zh-CN': '星级' } } },
            }
          : one,
      ),
    ]
    const { conflicts } = await check({ package: next })
    expect(conflicts).toMatchObject([
      { path: 'objects/supplier', at: ['label', 'en'], base: 'Supplier', theirs: 'Supplying firm', mine: 'Vendor' },
    ])
    expect(issuesOf(await install({ package: next }))).toEqual(['PACKAGE_CONFLICT objects/supplier/label/en'])
    const settled = [{ path: 'objects/supplier', at: ['label', 'en'], take: 'value', value: 'Maker' }]
    dataOf(await install({ package: next, settled }), 'installPackage')
    const after = await named('object', 'supplier')
    expect(after.label).toEqual({ en: 'Maker', 'zh-CN': '供货商' })
    expect(Object.keys(after.fields as Json)).toContain('rating')
    expect((await packages())[1]).toMatchObject({ installed: '1.1.0' })
  })

  it('are taken away without a trace, once it is confirmed what is lost', async () => {
    const paths = (await check({ name: 'supplierManagement' })).issues
    expect(paths).toEqual([])
    const asked = issuesOf(await remove({ name: 'supplierManagement' })) ?? []
    expect(asked.every(issue => issue.startsWith('CONFIRM_NEEDED '))).toBe(true)
    const confirm = asked.map(issue => issue.slice('CONFIRM_NEEDED '.length))
    dataOf(await remove({ name: 'supplierManagement', confirm }), 'removePackage')
    expect(await definitions()).toEqual(before)
    expect((await packages())[1]).toMatchObject({ installed: null })
    expect(issuesOf(await remove({ name: 'supplierManagement' }))).toEqual(['PACKAGE_UNKNOWN name'])
  })

  it('come back with a version that had them, and go with one that had not', async () => {
    const [newest = 0] = dataOf<{ number: number }[]>(await platform('{ versions { number } }'), 'versions').map(({ number }) => number)
    const back = (to: number) => platform('mutation($to: Int!) { rollback(to: $to) { version } }', { to })
    dataOf(await back(newest - 1), 'rollback')
    expect((await packages())[1]).toMatchObject({ installed: '1.1.0' })
    expect((await check({ name: 'supplierManagement' })).conflicts).not.toEqual([])
    dataOf(await back(newest), 'rollback')
    expect((await packages())[1]).toMatchObject({ installed: null })
    expect(await definitions()).toEqual(before)
  })

  it('cannot be taken away when the workspace began with them, and are nothing without an app', async () => {
    expect(issuesOf(await remove({ name: 'crm' }))).toEqual(['PACKAGE_UNKNOWN name'])
    expect(issuesOf(await install({ package: [{ object: 'x' }] }))).toEqual(['PROPERTY_MISSING package/app'])
    const twice = [
      { app: 'twice', label: 'Twice' },
      { app: 'again', label: 'Again' },
    ]
    expect(issuesOf(await install({ package: twice }))).toEqual(['ELEMENT_DOUBLE app'])
    const junk = [{ path: 'objects/lead', at: ['label'], take: 'junk' }]
    expect(issuesOf(await install({ name: 'supplierManagement', settled: junk }))).toEqual(['INPUT_INVALID settled/0/take'])
    expect(issuesOf(await install({ name: 'nothing' }))).toEqual(['PACKAGE_UNKNOWN name'])
  })

  it('bring the app itself to another version: what the workspace changed of it stays', async () => {
    const lead = await named('object', 'lead')
    await publish([{ ...lead, icon: 'star' }])
    const base = (await definitions()).map(one =>
      isIt('object', 'lead')(one) ? { ...lead, description: { en: 'Somebody who may buy.', 'zh-CN': '可能购买的人。' } } : one,
    )
    const next = base.map(one => (one.app === 'crm' ? { ...one, version: '0.2.0' } : one))
    expect((await check({ package: next })).conflicts).toEqual([])
    dataOf(await install({ package: next }), 'installPackage')
    expect(await named('object', 'lead')).toMatchObject({ icon: 'star', description: { en: 'Somebody who may buy.' } })
    expect((await packages())[0]).toMatchObject({ name: 'crm', installed: '0.2.0', isBase: true })
  })
})

/** What the package brought, as its files have it. */
async function packageDefinitions(): Promise<Json[]> {
  const { readPackageFolder } = await import('../../runtime/packages/package-file.js')
  const { shippedMetadata } = await import('../../runtime/publishing/app-folder.js')
  return (readPackageFolder(`${shippedMetadata()}/../packages/supplier-management`) as Json[]).filter(one => one.app === undefined)
}
