import type { Element } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { EmptyState } from '../ui/small.js'
import { ChangeMark } from './change-mark.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Whether a definition speaks of an object: as its own, by trigger or by grant. */
function uses(definition: Readonly<Record<string, unknown>>, object: string): boolean {
  const { on, grants } = definition as { on?: { object?: string }; grants?: object }
  return definition.object === object || on?.object === object || (grants !== undefined && Object.hasOwn(grants, object))
}

/** Every definition but an object that speaks of one, by path. */
export const usesOf = (elements: Readonly<Record<string, Element>>, object: string): [string, Element][] =>
  Object.entries(elements).filter(([, { kind, definition }]) => kind !== 'object' && uses(definition, object))

/** The forms, views, reports, workflows and roles of an object. */
export function ObjectUses({ name }: { name: string }) {
  const { t } = useTexts()
  const label = useLabel()
  const { elements } = useWorkshop()
  const shown = usesOf(elements, name)
  if (shown.length === 0) return <EmptyState title={t('object.unused')} />
  return (
    <div className="scroll-page">
      <ul className="rows studio-rows">
        {shown.map(([path, element]) => {
          const Icon = kindIcon(element.kind)
          return (
            <li key={path}>
              <Link to={elementPlace(element)}>
                <Icon size={16} aria-hidden /> <span className="cut">{label(element.definition.label as Label) || element.name}</span>
                <span className="grow cut quiet">{t(`kind.one.${element.kind}`)}</span>
                <ChangeMark path={path} />
                <ChevronRight size={16} aria-hidden />
              </Link>
            </li>
          )
        })}
      </ul>
    </div>
  )
}
