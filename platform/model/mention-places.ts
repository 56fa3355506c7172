/**
 * Where texts of a definition are names of fields, by its folder, as the shape of its kind has them; any other text is a label, a constant, or
 * the name of something else, whatever it reads like. Rules are not told here: in them only what they read is a name.
 */
const texts: Readonly<Record<string, RegExp>> = {
  objects:
    /^(title|subtitle|sort\/\d+\/field|rules\/\d+\/(at|lock)\/\d+|unique\/\d+\/fields\/\d+|ranges\/\d+\/(from|to|per\/\d+)|indexes\/\d+\/fields\/\d+\/field|access\/pool\/recycle\/since|fields\/.+)$/,
  forms: /^(sections\/\d+\/fields\/\d+(\/field)?|quick\/\d+)$/,
  views: /^(columns\/\d+(\/field)?|groupBy|cards\/(fields\/\d+|value)|sort\/\d+\/field)$/,
  pages: /^(highlights\/\d+|(tabs\/\d+\/panels|side)\/\d+\/((fields|columns)\/\d+|sort\/\d+\/field|by))$/,
  reports: /^(groupBy\/\d+\/field|measures\/\d+\/(count|sum|avg|min|max|countDistinct)|chart\/(x|series))$/,
  workflows: /^on\/fields\/\d+$/,
}

/** The same within the definition of a field. */
const inField =
  /^(dependsOn|per|of|field|by|rateDate|options\/\d+\/editable\/\d+|states\/transitions\/\d+\/(userField|(requires|form)\/\d+))$/

/** Whether the text at a path of the definitions is the name of a field. */
export function namesField(path: string): boolean {
  const [folder = '', , ...rest] = path.split('/')
  if (!Object.hasOwn(texts, folder) || !texts[folder]?.test(rest.join('/'))) return false
  if (folder !== 'objects' || rest[0] !== 'fields') return true
  return inField.test(rest.slice(rest[2] === 'attributes' ? 4 : 2).join('/'))
}

/** Whether the keys of what stands at a path are names of fields: how far they are open, which of them name groups. */
export const hasFieldKeys = (path: string): boolean =>
  /^roles\/[^/]+\/(grants|restrict)\/[^/]+\/fields$/.test(path) || /^objects\/[^/]+\/access\/groups$/.test(path)

/** Whether values are written there, by the names of fields: by a step of a workflow, by a transition. */
export const holdsValues = (path: string): boolean =>
  /^workflows\/[^/]+\/steps\/\d+\/values$/.test(path) || /^objects\/[^/]+\/fields\/.+\/states\/transitions\/\d+\/set$/.test(path)

const rules: ReadonlySet<string> = new Set([
  'where',
  'when',
  'must',
  'records',
  'visibleWhen',
  'requiredWhen',
  'readOnlyWhen',
  'defaultRule',
])

/** Whether a rule stands at a path, under a key; the `rule` of a field is one, that of a validation is its name. */
export const isRule = (key: string, path: string): boolean =>
  rules.has(key) || /^roles\/[^/]+\/grants\/[^/]+\/recordsFor\/[^/]+$/.test(path) || /^objects\/[^/]+\/fields\/.+\/rule$/.test(path)
