import { lookup } from '@tessera/platform/registry.js'
import { CircleDashed, type LucideIcon, Minus, Pencil, Plus, Undo2 } from 'lucide-react'
import { Link } from 'react-router'
import { useLabel } from '../api/app.js'
import { placeOfPath } from './places.js'
import type { Step } from './publishing.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

const faces: Readonly<Record<string, { readonly icon: LucideIcon; readonly tone: string }>> = {
  add: { icon: Plus, tone: 'good' },
  return: { icon: Undo2, tone: 'good' },
  rename: { icon: Pencil, tone: 'plain' },
  change: { icon: Pencil, tone: 'plain' },
  retype: { icon: Pencil, tone: 'warn' },
  remove: { icon: Minus, tone: 'bad' },
}

/** What a step does, as a sentence: its deed and the thing with the object that it belongs to. */
export function useStepTitle(): (step: Pick<Step, 'do' | 'kind' | 'path' | 'title'>, objectLabel: (name: string) => string) => string {
  const { t } = useTexts()
  const label = useLabel()
  return (step, objectLabel) => {
    const object = step.kind === 'field' ? objectLabel(step.path.split('/')[1] ?? '') : ''
    return t(step.kind === 'field' ? `step.field.${step.do}` : `step.${step.do}`, {
      name: label(step.title),
      kind: t(`kind.one.${step.kind}`),
      object,
    })
  }
}

/** What is done, as a mark. */
export function ChangeIcon({ deed, isLoss = false }: { deed: string; isLoss?: boolean }) {
  const { icon: Icon, tone } = lookup(faces, deed) ?? { icon: CircleDashed, tone: 'plain' }
  return (
    <span className={`step-mark ${isLoss ? 'bad' : tone}`} aria-hidden>
      <Icon size={14} />
    </span>
  )
}

/** How much a new object comes with. */
function NewObjectParts({ step }: { step: Step }) {
  const { t } = useTexts()
  const { model } = useWorkshop()
  const object = step.kind === 'object' && step.do === 'add' ? lookup(model.objects, step.path.split('/')[1] ?? '') : undefined
  if (!object) return null
  const fields = Object.values(object.fields).filter(field => !field.system && field.currencyOf === null)
  return t('step.objectParts', {
    fields: t('object.fields', { count: fields.length }),
    relations: t('step.relations', { count: fields.filter(field => field.relation).length }),
  })
}

/** What publishing does, one thing after the other, with what it loses. */
export function Steps({ steps, objectLabel }: { steps: readonly Step[]; objectLabel: (name: string) => string }) {
  const { t } = useTexts()
  const label = useLabel()
  const titleOf = useStepTitle()
  return (
    <ul className="steps">
      {steps.map(step => {
        const place = step.do === 'remove' ? null : placeOfPath(step.path)
        return (
          <li key={`${step.do} ${step.path}`}>
            <ChangeIcon deed={step.do} isLoss={step.loses !== null} />
            <div className="grow">
              <div className="step-title">{titleOf(step, objectLabel)}</div>
              <div className="step-detail">
                {label(step.detail)} <NewObjectParts step={step} />
              </div>
              {step.loses && <div className="step-loss num">{t('step.loses', { what: label(step.loses) })}</div>}
            </div>
            {place && (
              <Link className="studio-way" to={place}>
                {t('open')}
              </Link>
            )}
          </li>
        )
      })}
    </ul>
  )
}
