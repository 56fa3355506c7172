/** Where the people of the demo stand: who leads whom, and which territories and queues they look after. */
export const groups = [
  {
    kind: 'position',
    name: 'salesHead',
    label: { en: 'Head of sales', 'zh-CN': '销售负责人' },
    above: null,
    members: ['manager@demo.test'],
  },
  {
    kind: 'position',
    name: 'salesRep',
    label: { en: 'Sales representative', 'zh-CN': '销售代表' },
    above: 'salesHead',
    members: ['rep.east@demo.test', 'rep.west@demo.test'],
  },
  {
    kind: 'team',
    name: 'sales',
    label: { en: 'Sales', 'zh-CN': '销售部' },
    above: null,
    members: ['manager@demo.test', 'rep.east@demo.test', 'rep.west@demo.test'],
  },
  { kind: 'team', name: 'finance', label: { en: 'Finance', 'zh-CN': '财务部' }, above: null, members: ['finance@demo.test'] },
  { kind: 'territory', name: 'east', label: { en: 'East', 'zh-CN': '华东' }, above: null, members: ['rep.east@demo.test'] },
  { kind: 'territory', name: 'west', label: { en: 'West', 'zh-CN': '华西' }, above: null, members: ['rep.west@demo.test'] },
  { kind: 'queue', name: 'service', label: { en: 'Service desk', 'zh-CN': '服务台' }, above: null, members: ['agent@demo.test'] },
]
