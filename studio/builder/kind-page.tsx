import { type Element, kinds } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { ChevronRight } from 'lucide-react'
import { Link, useParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { usePhone } from '../ui/media.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { AddRole } from './add-role.js'
import { ChangeMark } from './change-mark.js'
import { AddForm } from './form-add.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'
import './rights.css'

/** All definitions of one kind. */
export default function KindPage() {
  const { t } = useTexts()
  const label = useLabel()
  const { member } = useApp()
  const { elements, model } = useWorkshop()
  const isPhone = usePhone()
  const kind = useParams().kind ?? ''
  const title = lookup(kinds, kind) ? t(`kind.${kind}`) : t('error.noPage')
  useTitle(title, t('studio'), member.workspace.name)
  const Icon = kindIcon(kind)
  const shown = Object.entries(elements).filter(([, element]) => element.kind === kind)
  // several views of different objects are called alike
  const objectLabel = ({ definition }: Element) => {
    const object = typeof definition.object === 'string' ? lookup(model.objects, definition.object) : undefined
    const title = label(object?.label)
    return title === label(definition.label as Label) ? '' : title
  }
  return (
    <>
      <PageHead title={title} icon={Icon} />
      <div className="scroll-page">
        <div className="studio-home">
          {kind === 'role' && !isPhone && <AddRole />}
          {kind === 'form' && !isPhone && <AddForm />}
          {shown.length === 0 && <EmptyState title={t('kind.none')} />}
          <ul className="rows">
            {shown.map(([path, element]) => (
              <li key={path}>
                <Link to={elementPlace(element)}>
                  <Icon size={16} aria-hidden /> <span className="cut">{label(element.definition.label as Label) || element.name}</span>
                  <code className="cut quiet">{element.name}</code>
                  <span className="grow" />
                  <span className="cut quiet">{objectLabel(element)}</span>
                  <ChangeMark path={path} />
                  <ChevronRight size={16} aria-hidden />
                </Link>
              </li>
            ))}
          </ul>
        </div>
      </div>
    </>
  )
}
