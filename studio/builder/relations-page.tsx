import { ArrowLeft, ArrowRight, Share2, X } from 'lucide-react'
import { lazy, Suspense, useMemo } from 'react'
import { Link, useNavigate, useSearchParams } from 'react-router'
import { useApp, useLabel } from '../api/app.js'
import { PageHead, useTitle } from '../ui/page-head.js'
import { EmptyState, IconButton, Skeleton } from '../ui/small.js'
import { DeskOnly } from './desk-only.js'
import { addField } from './edit-field.js'
import { freeFieldName } from './names.js'
import { ObjectChoice } from './object-choice.js'
import { fieldPath, studioObjectPath } from './places.js'
import { Property } from './property.js'
import { type RelatedObject, type Relation, relationsAt, relationsOf } from './relations.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const RelationDiagram = lazy(() => import('./relation-diagram.js'))

/** How objects hang together: a drawing, and the same as lists. */
export default function RelationsPage() {
  const { t } = useTexts()
  const { member } = useApp()
  const { elements } = useWorkshop()
  const [params, setParams] = useSearchParams()
  const given = useMemo(() => relationsOf(elements), [elements])
  const chosen = given.objects.some(({ name }) => name === params.get('object')) ? params.get('object') : null
  const choose = (object: string | null) => setParams(object === null ? {} : { object }, { replace: true })
  const connect = useConnect()
  useTitle(t('relations'), t('studio'), member.workspace.name)
  return (
    <>
      <PageHead title={t('relations')} icon={Share2} />
      {given.objects.length === 0 ? (
        <EmptyState title={t('relations.none')} />
      ) : (
        <DeskOnly read={<Outline {...given} />}>
          <div className="relation-page">
            <div className="relation-main">
              <Suspense fallback={<Skeleton width="100%" height={400} />}>
                <RelationDiagram {...given} chosen={chosen} onChoose={choose} onConnect={connect} />
              </Suspense>
            </div>
            {chosen === null ? <Hint /> : <Chosen object={chosen} {...given} onConnect={connect} onClose={() => choose(null)} />}
          </div>
        </DeskOnly>
      )}
    </>
  )
}

/** Adds a relation from one object to another, named after its target, and leads to its properties. */
function useConnect() {
  const navigate = useNavigate()
  const { elements, edit } = useWorkshop()
  return (from: string, to: string) => {
    const name = freeFieldName(elements, from, to)
    const label = relationsOf(elements).objects.find(object => object.name === to)?.label ?? to
    const type = from === to ? 'hierarchy' : 'lookup'
    edit(`add ${from}.${name}`, `objects/${from}/fields/${name}`, now => addField(now, from, { name, label, type, to }))
    void navigate(fieldPath(from, name))
  }
}

function Hint() {
  const { t } = useTexts()
  return (
    <aside className="designer-panel" aria-label={t('relations')}>
      <p className="quiet">{t('relations.hint')}</p>
    </aside>
  )
}

interface ChosenProps {
  readonly object: string
  readonly objects: readonly RelatedObject[]
  readonly relations: readonly Relation[]
  readonly onConnect: (from: string, to: string) => void
  readonly onClose: () => void
}

function Chosen({ object, objects, relations, onConnect, onClose }: ChosenProps) {
  const { t } = useTexts()
  const label = useLabel()
  const title = label(objects.find(({ name }) => name === object)?.label) || object
  return (
    <aside className="designer-panel" aria-label={t('relations.of', { object: title })}>
      <div className="panel-title">
        <h2 className="cut">{title}</h2>
        <span className="grow" />
        <IconButton icon={X} label={t('close')} onClick={onClose} />
      </div>
      <RelationRows object={object} objects={objects} relations={relationsAt(relations, object)} />
      <Link className="studio-way" to={studioObjectPath(object)}>
        {t('relations.open', { object: title })}
      </Link>
      <Property id="relation-to" label={t('relations.add')} help={t('relations.addHelp')}>
        <ObjectChoice id="relation-to" value={undefined} onChange={to => onConnect(object, to)} />
      </Property>
    </aside>
  )
}

function RelationRows({ object, objects, relations }: Pick<ChosenProps, 'object' | 'objects' | 'relations'>) {
  const { t } = useTexts()
  const label = useLabel()
  const titleOf = (name: string) => label(objects.find(other => other.name === name)?.label) || name
  if (relations.length === 0) return <p className="quiet">{t('relations.noneOf')}</p>
  return (
    <ul className="rows">
      {relations.map(({ id, from, field, to, label: own }) => {
        const isOut = from === object
        const Icon = isOut ? ArrowRight : ArrowLeft
        return (
          <li key={id}>
            <Link to={fieldPath(from, field)}>
              <Icon size={15} aria-label={t(isOut ? 'relations.out' : 'relations.in')} />
              <span className="cut">{titleOf(isOut ? to : from)}</span>
              <span className="grow cut quiet">{label(own) || field}</span>
            </Link>
          </li>
        )
      })}
    </ul>
  )
}

/** The same in words, for phones. */
function Outline({ objects, relations }: Pick<ChosenProps, 'objects' | 'relations'>) {
  const label = useLabel()
  return (
    <div className="studio-home">
      {objects.map(({ name, label: own }) => (
        <section key={name}>
          <h2>{label(own) || name}</h2>
          <RelationRows object={name} objects={objects} relations={relationsAt(relations, name)} />
        </section>
      ))}
    </div>
  )
}
