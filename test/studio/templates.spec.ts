import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import type { TemplateDefinition } from '@tessera/platform/definitions/template.js'
import type { Elements } from '@tessera/platform/editing/elements.js'
import { objectDefinition } from '@tessera/platform/editing/fields.js'
import { removalOf } from '@tessera/platform/editing/removal.js'
import { compileWithTemplates } from '@tessera/platform/model/templates.js'
import { freeTemplateName, saveAsTemplate } from '../../studio/builder/template-save.js'
import { addFromTemplate, objectIn } from '../../studio/builder/template-take.js'

const files = readdirSync('metadata/crm', { recursive: true, encoding: 'utf8' }).filter(file => file.endsWith('.json'))
const shipped: Elements = Object.fromEntries(
  files.flatMap(file => {
    const element = elementOf(JSON.parse(readFileSync(`metadata/crm/${file}`, 'utf8')))
    return element ? [[elementPath(element), element]] : []
  }),
)
const namesOf = (kind: string) => Object.values(shipped).flatMap(element => (element.kind === kind ? [element.name] : []))
const issuesOf = (elements: Elements) => compileWithTemplates(Object.values(elements)).issues
const added = (before: Elements, after: Elements) => Object.keys(after).filter(path => !Object.hasOwn(before, path))
const made = (name: string, plural: string, label: object) => ({ name, plural, label, navigation: null, roles: [] })
const project = { en: 'Project', 'zh-CN': '项目' }
const asShipped = made('project', 'projects', project)

describe('Taking a template', () => {
  it.each(namesOf('template'))('gives a sound object: %s', template => {
    const { object = '', plural = '', label = '' } = objectIn(shipped, template) ?? {}
    const taken = addFromTemplate(shipped, { ...asShipped, name: object, plural, label }, template)
    expect(issuesOf(taken)).toEqual([])
    const kinds = added(shipped, taken).map(path => path.split('/')[0])
    expect(kinds).toEqual(expect.arrayContaining(['objects', 'forms', 'views']))
    expect(Object.values(objectDefinition(taken, object)?.fields ?? {}).some(({ states }) => states)).toBe(true)
  })

  it('brings its definitions under the names that they have there', () => {
    expect(added(shipped, addFromTemplate(shipped, asShipped, 'project'))).toEqual([
      'objects/project',
      'forms/project',
      'views/projects',
      'views/projectBoard',
    ])
  })

  it('gives all of them the new name and label when there is one', () => {
    const taken = addFromTemplate(shipped, made('mandate', 'mandates', { en: 'Mandate', 'zh-CN': '委托' }), 'project')
    expect(added(shipped, taken)).toEqual(['objects/mandate', 'forms/mandate', 'views/mandates', 'views/mandateBoard'])
    expect(objectDefinition(taken, 'mandate')?.pluralLabel).toEqual({ en: 'Mandates', 'zh-CN': '委托' })
    expect(taken['forms/mandate']?.definition).toMatchObject({ form: 'mandate', object: 'mandate', label: { en: 'Mandate' } })
    expect(taken['views/mandates']?.definition).toMatchObject({ label: { en: 'All mandates', 'zh-CN': '全部委托' } })
    expect(taken['views/mandateBoard']?.definition).toMatchObject({ object: 'mandate', label: { en: 'By status' } })
    expect(issuesOf(taken)).toEqual([])
  })

  it('can be done twice: what the relations are called on the other side gets a number', () => {
    const once = addFromTemplate(shipped, asShipped, 'project')
    const twice = addFromTemplate(once, made('project2', 'projects2', project), 'project')
    expect(objectDefinition(twice, 'project2')?.fields.customer?.inverse).toBe('projects2')
    expect(issuesOf(twice)).toEqual([])
    expect(added(once, twice)).toHaveLength(4)
  })

  it('leaves the template and everything else as it was', () => {
    const taken = addFromTemplate(shipped, asShipped, 'project')
    expect(Object.keys(shipped).filter(path => taken[path] !== shipped[path])).toEqual([])
    expect(removalOf(taken, 'objects/project').alone).toEqual(shipped)
  })

  it('is told before an object goes that a template points at', () => {
    const told = removalOf(shipped, 'objects/customer').left.map(({ path }) => path)
    expect(told).toEqual(expect.arrayContaining([expect.stringMatching(/^templates\/contract\/elements\/0\/fields\/customer/)]))
  })
})

describe('Saving an object as a template', () => {
  const saved = (object: string) => saveAsTemplate(shipped, object, freeTemplateName(shipped, object))

  it.each(namesOf('object'))('gives a sound template with its form and list: %s', object => {
    const after = saved(object)
    expect(issuesOf(after)).toEqual([])
    const template = after[`templates/${object}`]?.definition as TemplateDefinition | undefined
    const kinds = template?.elements.map(json => elementOf(json)?.kind)
    expect(kinds).toEqual(expect.arrayContaining(['object', 'form', 'view']))
  })

  it('leaves out what leans on other records, and where it is placed', () => {
    const after = saved('opportunity')
    const { fields = {} } = objectIn(after, 'opportunity') ?? {}
    expect(Object.keys(fields)).toEqual(expect.arrayContaining(['name', 'stage', 'amount', 'customer']))
    expect(Object.keys(fields)).not.toContain('linesTotal')
    const win = fields.stage?.states?.transitions.find(({ transition }) => transition === 'win')
    expect(Object.keys(win?.set ?? {})).toEqual(['closeDate', 'probability'])
    expect(JSON.stringify(after['templates/opportunity'])).not.toContain('"linesTotal"')
  })

  it('takes the name of the object, or a free one', () => {
    expect(freeTemplateName(saved('order'), 'order')).toBe('order2')
  })

  it('lets another object begin with it', () => {
    const taken = addFromTemplate(saved('campaign'), made('drive', 'drives', { en: 'Drive' }), 'campaign')
    expect(issuesOf(taken)).toEqual([])
    expect(Object.keys(objectDefinition(taken, 'drive')?.fields ?? {})).toEqual(
      expect.arrayContaining(['name', 'type', 'status', 'startsOn', 'endsOn']),
    )
  })
})
