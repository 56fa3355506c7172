const common = {
  name: { type: 'text', label: 'Name', required: true, maxLength: 200 },
  quantity: { type: 'decimal', label: 'Quantity', scale: 2 },
  price: { type: 'decimal', label: 'Price', scale: 2 },
  discount: { type: 'percent', label: 'Discount' },
  status: { type: 'select', label: 'Status', options: [{ value: 'open' }, { value: 'sent' }, { value: 'lost' }], default: 'open' },
  ordered: { type: 'date', label: 'Ordered' },
  due: { type: 'date', label: 'Due' },
}

const rule = (name: string, must: unknown) => ({ rule: name, message: `This breaks ${name}.`, must })

const v = (name: string) => ({ var: name })

/** Two objects alike but for their rules: one has five, two stored formulas and a parent that sums it up; the other has none of that. */
export const ruledModel: readonly unknown[] = [
  { object: 'benchShelf', plural: 'benchShelves', label: 'Shelf', title: 'name', fields: { name: common.name } },
  {
    object: 'benchRack',
    plural: 'benchRacks',
    label: 'Rack',
    title: 'name',
    fields: {
      name: common.name,
      total: { type: 'rollup', label: 'Total', of: 'parcels', function: 'sum', field: 'total' },
    },
  },
  {
    object: 'benchPlain',
    plural: 'benchPlains',
    label: 'Plain parcel',
    title: 'name',
    fields: {
      ...common,
      total: { type: 'decimal', label: 'Total', scale: 2 },
      net: { type: 'decimal', label: 'Net', scale: 2 },
      shelf: { type: 'lookup', label: 'Shelf', to: 'benchShelf', inverse: 'parcels' },
    },
  },
  {
    object: 'benchRuled',
    plural: 'benchRuleds',
    label: 'Ruled parcel',
    title: 'name',
    fields: {
      ...common,
      total: {
        type: 'formula',
        label: 'Total',
        returns: 'decimal',
        stored: true,
        rule: { round: [{ '*': [v('quantity'), v('price')] }, 2] },
      },
      net: {
        type: 'formula',
        label: 'Net',
        returns: 'decimal',
        stored: true,
        rule: { round: [{ '*': [v('total'), { '-': [1, v('discount')] }] }, 2] },
      },
      shelf: { type: 'lookup', label: 'Rack', to: 'benchRack', inverse: 'parcels' },
    },
    rules: [
      rule('positive', { '>': [v('quantity'), 0] }),
      rule('priced', { or: [{ '!=': [v('status'), 'sent'] }, { '>': [v('price'), 0] }] }),
      rule('modest', { or: [{ '<=': [v('discount'), 0.3] }, { '>': [v('quantity'), 100] }] }),
      rule('inOrder', { or: [{ isEmpty: v('due') }, { '>=': [v('due'), v('ordered')] }] }),
      rule('named', { and: [{ '!=': [v('name'), ''] }, { '<': [v('net'), 10_000_000] }] }),
    ],
  },
]

/** The values of the n-th parcel; those that the ruled one computes are given to the plain one. */
export function parcel(n: number, shelves: readonly string[], isRuled: boolean): Record<string, unknown> {
  const [quantity, price] = [1 + (n % 9), 10 + (n % 90)]
  const given = {
    name: `Parcel ${n}`,
    quantity: String(quantity),
    price: String(price),
    discount: '0.1',
    ordered: '2026-11-01',
    due: '2026-12-01',
    shelfId: shelves[(n * 7919) % shelves.length],
  }
  const total = quantity * price
  return isRuled ? given : { ...given, total: String(total), net: (total * 0.9).toFixed(1).replace(/\.0$/, '') }
}
