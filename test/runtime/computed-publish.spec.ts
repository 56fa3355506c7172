import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { Finisher } from '../../runtime/publishing/finisher.js'
import { publish } from '../support/publish.js'
import { type RecordsWorld, recordsWorld } from '../support/records.js'
import { driftsIn } from './computed-drifts.js'

const box = (more: object = {}) => ({
  object: 'box',
  plural: 'boxes',
  label: 'Box',
  fields: { name: { type: 'text', label: 'Name' }, limit: { type: 'decimal', label: 'Limit' }, ...more },
  rules: [
    {
      rule: 'withinLimit',
      at: ['limit'],
      message: { en: 'The things weigh more than the limit.', 'zh-CN': '物品总重超过上限。' },
      must: { or: [{ '==': [{ var: 'limit' }, null] }, { '<=': [{ var: 'weight' }, { var: 'limit' }] }] },
    },
  ],
})
const thing = {
  object: 'thing',
  plural: 'things',
  label: 'Thing',
  fields: {
    name: { type: 'text', label: 'Name' },
    weight: { type: 'decimal', label: 'Weight' },
    box: { type: 'lookup', label: 'Box', to: 'box', inverse: 'things', onDelete: 'setNull' },
  },
}
const weight = { type: 'rollup', label: 'Weight', of: 'things', function: 'sum', field: 'weight' }

let world: RecordsWorld
const ids: string[] = []
beforeAll(async () => {
  world = await recordsWorld('computed-publish', [{ ...box(), rules: [] }, thing])
  for (const name of ['A', 'B', 'C'])
    ids.push((await world.get<{ id: string }>(`mutation { createBox(data: { name: "${name}" }) { id } }`)).id)
  for (let index = 0; index < 30; index++)
    await world.get(`mutation { createThing(data: { weight: "${index}.5", boxId: "${ids[index % 3]}" }) { id } }`)
})
afterAll(async () => world?.app.close())

const weights = async () =>
  (await world.get<{ nodes: { weight: string }[] }>('{ boxes(orderBy: [{ name: ASC }]) { nodes { weight } } }')).nodes.map(
    one => one.weight,
  )
const finished = () => world.app.app.get(Finisher).finish('w_computed_publish')

describe('publishing computed fields over records that are there', () => {
  it('computes a new rollup of every record, while others write', async () => {
    await publish(world.app, world.headers, [box({ weight })])
    await world.get(`mutation { createThing(data: { weight: "1000", boxId: "${ids[0]}" }) { id } }`)
    await finished()
    expect(await weights()).toEqual(['1140', '150', '160'])
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('computes it anew when its filter changes, and a stored formula that reads it with it', async () => {
    const half = { type: 'formula', label: 'Half', returns: 'decimal', stored: true, rule: { '/': [{ var: 'weight' }, 2] } }
    await publish(world.app, world.headers, [box({ weight: { ...weight, where: { '<': [{ var: 'weight' }, 100] } }, half })])
    await finished()
    expect(await weights()).toEqual(['140', '150', '160'])
    const { nodes } = await world.get<{ nodes: object[] }>('{ boxes(orderBy: [{ name: ASC }]) { nodes { half } } }')
    expect(nodes).toEqual([{ half: '70' }, { half: '75' }, { half: '80' }])
    expect((await driftsIn(world)).drifts).toEqual([])
  })

  it('keeps a rule over the parent against every way in: a child that breaks it is refused', async () => {
    await world.get(`mutation { updateBox(id: "${ids[1]}", data: { limit: "151" }) { id } }`)
    const add = (weight: string) =>
      world.ask('mutation($data: ThingCreate!) { createThing(data: $data) { id } }', { data: { weight, boxId: ids[1] } })
    expect((await add('2')).body.errors?.[0]?.extensions).toMatchObject({
      code: 'VALIDATION_FAILED',
      issues: [{ code: 'RULE_VIOLATED', message: 'The things weigh more than the limit.' }],
    })
    const answers = await Promise.all(Array.from({ length: 20 }, () => add('0.1')))
    expect(answers.filter(({ body }) => !body.errors)).toHaveLength(10)
    expect((await weights())[1]).toBe('151')
  })

  it('refuses what cannot be kept', async () => {
    const bad = {
      far: { ...weight, where: { '==': [{ var: 'box.name' }, 'A'] } },
      moment: { ...weight, where: { '<': [{ var: 'createdAt' }, { var: 'now' }] } },
      children: { ...weight, of: 'thingz' },
      unfit: { ...weight, field: 'name' },
      bare: { type: 'rollup', label: 'Bare', of: 'things' },
      late: { type: 'formula', label: 'Late', returns: 'date', stored: true, rule: { var: 'today' } },
      round: { type: 'formula', label: 'Round', returns: 'decimal', stored: true, rule: { '+': [{ var: 'circle' }, 1] } },
      circle: { type: 'formula', label: 'Circle', returns: 'decimal', stored: true, rule: { '+': [{ var: 'round' }, 1] } },
    }
    const refusal = await publish(world.app, world.headers, [box({ weight, ...bad })]).then(
      () => '',
      error => String(error),
    )
    expect(refusal).toMatch(/PROPERTY_MISSING[^}]*fields\/bare/)
    for (const said of [
      'ROLLUP_FAR',
      'CHILDREN_UNKNOWN',
      'ROLLUP_UNFIT',
      'KEPT_MOMENT',
      'fields/late/rule',
      'box.circle → box.round → box.circle',
    ])
      expect(refusal).toContain(said)
  })
})
