import { canonical } from '@tessera/platform/definitions/canonical.js'
import { type Element, elementOf, elementPath } from '@tessera/platform/definitions/index.js'
import type { Json } from '@tessera/platform/editing/elements.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { lazy, Suspense, useMemo, useState } from 'react'
import { Skeleton } from '../ui/small.js'
import { failureText } from '../views/failure.js'
import { Problems, type Told } from './problems.js'
import { askCheck } from './publishing.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const JsonCode = lazy(() => import('./json-code.js'))

/** What a broken shape is called; anything else is kept in the draft and solved before publishing. */
const shapeCodes = new Set(['KIND_UNKNOWN', 'SHAPE_INVALID', 'PROPERTY_UNKNOWN', 'PROPERTY_MISSING', 'NAME_INVALID'])

function read(text: string): { readonly json: unknown } | { readonly reason: string } {
  try {
    return { json: JSON.parse(text) as unknown }
  } catch (error) {
    return { reason: error instanceof Error ? error.message : '' }
  }
}

/** Reads the text, lets the server check its shape, and gives the element or what is wrong. */
async function checked(
  text: string,
  path: string,
  t: (key: string, values?: Record<string, unknown>) => string,
): Promise<{ element: Element } | { problems: Told[] }> {
  const parsed = read(text)
  if ('reason' in parsed) return { problems: [{ code: 'JSON_INVALID', path, message: t('json.unreadable'), hint: parsed.reason }] }
  const element = elementOf(parsed.json)
  if (!element || elementPath(element) !== path)
    return { problems: [{ code: 'KIND_UNKNOWN', path, message: t('json.otherElement'), hint: t('json.otherElementHint', { path }) }] }
  const { issues } = await askCheck([parsed.json], [])
  const problems = issues.filter(
    issue => shapeCodes.has(issue.code) && (issue.path === path || issue.path.startsWith(`${path}/`) || issue.path.startsWith('put/')),
  )
  return problems.length > 0 ? { problems: [...problems] } : { element }
}

/** A definition as the text that its file has; a changed text is checked and becomes part of the draft. */
export function JsonEditor({ path }: { path: string }) {
  const { t } = useTexts()
  const { elements, issues, edit } = useWorkshop()
  const element = lookup(elements, path)
  const stored = canonical(element?.definition ?? {})
  const [typed, setTyped] = useState<string | null>(null)
  const [problems, setProblems] = useState<readonly Told[]>([])
  const [isBusy, setBusy] = useState(false)
  const told = useMemo(() => [...problems, ...(typed === null ? issues : [])], [problems, issues, typed])
  const object =
    element?.kind === 'object' ? element.name : typeof element?.definition.object === 'string' ? element.definition.object : null
  const apply = async () => {
    if (typed === null || isBusy) return
    setBusy(true)
    try {
      const result = await checked(typed, path, t)
      setProblems('problems' in result ? result.problems : [])
      if ('problems' in result) return
      const definition = JSON.parse(canonical(result.element.definition)) as Json
      edit(`json ${path}`, path, now => ({ ...now, [path]: { ...result.element, definition } }))
      setTyped(null)
    } catch (error) {
      setProblems([{ code: 'FAILED', path, message: failureText(error, t) }])
    } finally {
      setBusy(false)
    }
  }
  const forget = () => {
    setTyped(null)
    setProblems([])
  }
  return (
    <div className="json-editor">
      {problems.length > 0 && (
        <div role="alert">
          <Problems problems={problems} />
        </div>
      )}
      <Suspense fallback={<Skeleton width="100%" height={240} />}>
        <JsonCode
          kind={element?.kind ?? ''}
          path={path}
          text={typed ?? stored}
          elements={elements}
          object={object}
          problems={told}
          onChange={text => setTyped(text === stored ? null : text)}
        />
      </Suspense>
      <div className="json-foot">
        <span className="quiet">{typed === null ? t('json.help') : t('json.unapplied')}</span>
        <span className="grow" />
        {typed !== null && <Button onClick={forget}>{t('discard')}</Button>}
        <Button type="primary" disabled={typed === null} loading={isBusy} onClick={() => void apply()}>
          {t('json.apply')}
        </Button>
      </div>
    </div>
  )
}
