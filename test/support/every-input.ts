import type { Page } from 'playwright-core'
import { askIn } from './page.js'

const label = (en: string, chinese: string) => ({ en, 'zh-CN': chinese })
const option = (value: string, en: string, chinese: string, color: string, more: object = {}) => ({
  value,
  label: label(en, chinese),
  color,
  ...more,
})
const isRented = { '==': [{ var: 'phase' }, 'rented'] }

/** An object with every way to give a value: what a form, a record and a list look like that nobody designed. */
export const sampleUnit = {
  object: 'sampleUnit',
  plural: 'sampleUnits',
  label: label('Sample unit', '样机'),
  pluralLabel: label('Sample units', '样机'),
  title: 'name',
  icon: 'box',
  fields: {
    name: { type: 'text', label: label('Name', '名称'), required: true, search: 10, inList: true },
    phase: {
      type: 'select',
      label: label('Phase', '阶段'),
      inList: true,
      options: [
        option('ready', 'Ready', '可借用', 'blue', { kind: 'open' }),
        option('rented', 'On loan', '借出中', 'amber', { kind: 'open', limit: 14 }),
        option('sold', 'Sold', '已售出', 'green', { kind: 'won', editable: ['about'] }),
        option('scrapped', 'Scrapped', '已报废', 'red', { kind: 'lost', editable: false }),
      ],
      states: {
        initial: ['ready'],
        transitions: [
          {
            transition: 'lend',
            label: label('Lend', '借出'),
            from: ['ready'],
            to: 'rented',
            requires: ['backOn'],
            form: ['customer', 'contact', 'backOn', 'features'],
            comment: 'optional',
            confirm: label('The unit leaves the warehouse today.', '样机今天出库。'),
          },
          { transition: 'takeBack', label: label('Take back', '归还'), from: ['rented'], to: 'ready' },
          { transition: 'sell', label: label('Sell', '售出'), from: ['ready', 'rented'], to: 'sold', requires: ['price'] },
          { transition: 'scrap', label: label('Scrap', '报废'), from: ['ready'], to: 'scrapped', comment: 'required' },
        ],
      },
    },
    features: {
      type: 'multiSelect',
      label: label('Features', '功能'),
      inList: true,
      options: [
        option('pump', 'High-pressure pump', '高压泵', 'teal'),
        option('remote', 'Remote control', '远程控制', 'indigo'),
        option('cold', 'Works below −20 °C', '耐低温', 'blue'),
      ],
    },
    price: { type: 'money', label: label('Price', '价格'), currency: 'workspace', inList: true },
    discount: { type: 'percent', label: label('Discount', '折扣') },
    score: { type: 'rating', label: label('Condition', '成色'), inList: true },
    labels: { type: 'tags', label: label('Tags', '标签'), inList: true },
    province: {
      type: 'select',
      label: label('Province', '省份'),
      options: [option('bj', 'Beijing', '北京', 'gray'), option('zj', 'Zhejiang', '浙江', 'gray')],
    },
    city: {
      type: 'select',
      label: label('City', '城市'),
      dependsOn: 'province',
      options: [
        option('haidian', 'Haidian', '海淀', 'gray', { of: ['bj'] }),
        option('hangzhou', 'Hangzhou', '杭州', 'gray', { of: ['zj'] }),
        option('ningbo', 'Ningbo', '宁波', 'gray', { of: ['zj'] }),
      ],
    },
    customer: { type: 'lookup', label: label('Customer', '客户'), to: 'customer', inverse: 'sampleUnits', onDelete: 'setNull' },
    contact: {
      type: 'lookup',
      label: label('Contact', '联系人'),
      to: 'contact',
      inverse: 'sampleUnits',
      onDelete: 'setNull',
      candidates: { or: [{ '==': [{ var: 'parent.customer' }, null] }, { '==': [{ var: 'customer' }, { var: 'parent.customer' }] }] },
    },
    backOn: {
      type: 'date',
      label: label('Back on', '归还日期'),
      requiredWhen: isRented,
      visibleWhen: { or: [isRented, { '!=': [{ var: 'customer' }, null] }] },
    },
    serial: {
      type: 'text',
      label: label('Serial number', '序列号'),
      readOnlyWhen: isRented,
      help: label('As on the plate', '以铭牌为准'),
    },
    keeper: { type: 'personName', label: label('Keeper', '保管人') },
    place: { type: 'address', label: label('Kept at', '存放地址') },
    position: { type: 'geoPoint', label: label('Position', '位置') },
    pickup: { type: 'time', label: label('Pick up from', '取货时间') },
    trial: { type: 'duration', label: label('Length of a trial', '试用时长'), unit: 'days' },
    paint: { type: 'color', label: label('Colour', '颜色') },
    isInsured: { type: 'boolean', label: label('Insured', '已投保') },
    website: { type: 'url', label: label('Web page', '网页') },
    photos: { type: 'image', label: label('Photos', '照片'), multiple: true, maxFiles: 5 },
    papers: { type: 'file', label: label('Papers', '资料'), multiple: true },
    about: { type: 'richText', label: label('About', '介绍') },
    manual: { type: 'longText', format: 'markdown', label: label('Manual', '说明书') },
    settings: {
      type: 'json',
      label: label('Settings', '参数'),
      schema: { type: 'object', required: ['pressure'], properties: { pressure: { type: 'number' } } },
    },
  },
  unique: [{ unique: 'serialOfCustomer', fields: ['customer', 'serial'] }],
  rules: [
    {
      rule: 'muchDiscount',
      severity: 'warning',
      at: ['discount'],
      message: label('{discount} for “{name}” is much.', '给「{name}」的折扣 {discount} 偏高。'),
      hint: label('Ask your manager when in doubt.', '不确定时请与主管确认。'),
      must: { or: [{ isEmpty: [{ var: 'discount' }] }, { '<=': [{ var: 'discount' }, '0.3'] }] },
    },
  ],
}

const filled = {
  name: 'GTX Pro 高压泵样机 / high-pressure pump',
  phase: 'ready',
  features: ['pump', 'remote', 'cold'],
  price: '48200.00',
  discount: '0.15',
  score: 4,
  labels: ['展会', '2026', 'fair'],
  province: 'zj',
  city: 'ningbo',
  serial: 'GTX-2026-00042',
  keeper: { family: '欧阳', given: '静' },
  place: { country: 'CN', region: '浙江', city: '宁波', street: '江南路 1958 号', postalCode: '315000' },
  position: { latitude: '29.868336', longitude: '121.54399' },
  pickup: '08:30:00',
  trial: 'P14D',
  paint: '#1677ff',
  isInsured: true,
  website: 'https://example.com/gtx-pro',
  about:
    '<h2>GTX Pro</h2><p>For <strong>cold</strong> places, see <a href="https://example.com">the page</a>.</p><ul><li>20 bar</li><li>4 kW</li></ul>',
  manual: '## Start\n\n1. Open the valve\n2. Press *start*',
  settings: { pressure: 20, mode: 'auto' },
}

type State = 'ready' | 'sold' | 'rented'

/** Pages come here side by side, but what they find is published and made once. */
let queue: Promise<unknown> = Promise.resolve()

/** Publishes the object with every input, unless it is there, and gives the id of a filled record in a state. */
export function sampleRecord(page: Page, state: State = 'ready'): Promise<string> {
  const found = queue.then(() => findOrMake(page, state))
  queue = found.catch(() => undefined)
  return found
}

async function findOrMake(page: Page, state: State): Promise<string> {
  const { definitions } = await askIn<{ definitions: { object?: string }[] }>(page, '/platform', '{ definitions(kind: "object") }')
  if (!definitions.some(({ object }) => object === sampleUnit.object))
    await askIn(page, '/platform', 'mutation($put: [JSON!]) { publish(put: $put, message: "Samples") { version } }', { put: [sampleUnit] })
  const known = await askIn<{ sampleUnits: { nodes: { id: string }[] } }>(
    page,
    '/graphql',
    `{ sampleUnits(where: { phase: { eq: "${state}" } }, first: 1) { nodes { id } } }`,
  )
  return known.sampleUnits.nodes[0]?.id ?? (await makeRecord(page, state))
}

async function makeRecord(page: Page, state: State): Promise<string> {
  const { customers } = await askIn<{ customers: { nodes: { id: string; contacts: { nodes: { id: string }[] } }[] } }>(
    page,
    '/graphql',
    '{ customers(where: { contacts: { some: {} } }, first: 1) { nodes { id contacts(first: 1) { nodes { id } } } } }',
  )
  const customer = customers.nodes[0]
  const data = {
    ...filled,
    name: `${filled.name} ${state}`,
    serial: `GTX-${state}`,
    customerId: customer?.id,
    contactId: customer?.contacts.nodes[0]?.id,
  }
  const { made } = await askIn<{ made: { id: string } }>(
    page,
    '/graphql',
    'mutation Make($data: SampleUnitCreate!) { made: createSampleUnit(data: $data) { id } }',
    { data },
  )
  const patch = { ready: null, rented: { phase: 'rented', backOn: '2026-12-24' }, sold: { phase: 'sold' } }[state]
  if (patch)
    await askIn(page, '/graphql', 'mutation Move($id: ID!, $data: SampleUnitUpdate!) { updateSampleUnit(id: $id, data: $data) { id } }', {
      id: made.id,
      data: patch,
    })
  return made.id
}
