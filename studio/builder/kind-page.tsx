import { kinds } from '@tessera/platform/definitions/index.js'
import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { ChevronRight } from 'lucide-react'
import { Link, useParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState } from '../ui/small.js'
import { ChangeMark } from './change-mark.js'
import { elementPlace, kindIcon } from './kind-faces.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** All definitions of one kind. */
export default function KindPage() {
  const { t } = useTexts()
  const label = useLabel()
  const { member } = useApp()
  const { elements } = useWorkshop()
  const kind = useParams().kind ?? ''
  const title = lookup(kinds, kind) ? t(`kind.${kind}`) : t('error.noPage')
  useTitle(title, t('studio'), member.workspace.name)
  const Icon = kindIcon(kind)
  const shown = Object.entries(elements).filter(([, element]) => element.kind === kind)
  return (
    <>
      <PageHead title={title} icon={Icon} />
      <div className="scroll-page">
        <div className="studio-home">
          {shown.length === 0 && <EmptyState title={t('kind.none')} />}
          <ul className="rows">
            {shown.map(([path, element]) => (
              <li key={path}>
                <Link to={elementPlace(element)}>
                  <Icon size={16} aria-hidden /> <span className="cut">{label(element.definition.label as Label) || element.name}</span>
                  <code className="cut quiet">{element.name}</code>
                  <span className="grow" />
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
