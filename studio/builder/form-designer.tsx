import { lazy, Suspense } from 'react'
import { Skeleton } from '../ui/small.js'
import { useFormDesign } from './form-design.js'
import { FormDrag } from './form-drag.js'
import { placedNames } from './form-edits.js'
import { FormPalette } from './form-palette.js'
import { FormSightBar } from './form-sight-bar.js'
import { useWorkshop } from './workshop.js'

// the form library and the condition builder come when the page stands
const FormPreview = lazy(() => import('./form-preview.js').then(module => ({ default: module.FormPreview })))
const FormPanel = lazy(() => import('./form-panel.js').then(module => ({ default: module.FormPanel })))
const FormCanvas = lazy(() => import('./form-canvas.js').then(module => ({ default: module.FormCanvas })))

/** Arranges a form: what it can be made of, the form itself as people will see it, the properties of what is chosen. */
export function FormDesigner() {
  const design = useFormDesign()
  const workshop = useWorkshop()
  const { t, sight, chosen } = design
  return (
    <FormDrag>
      <div className={`designer form-designer${chosen ? ' has-panel' : ''}`}>
        {!sight.isTried && <FormPalette />}
        <div className="designer-main">
          <FormSightBar />
          <section className="scroll-page form-ground" aria-label={t('formDesigner.canvas')}>
            <Suspense fallback={<Skeleton width="100%" height={32} />}>
              <FormPreview
                design={design}
                workshop={workshop}
                layout={sight.isTried ? undefined : FormCanvas}
                placed={placedNames(design.form).toSorted().join()}
              />
            </Suspense>
          </section>
        </div>
        <Suspense fallback={null}>{!sight.isTried && chosen && <FormPanel chosen={chosen} />}</Suspense>
      </div>
    </FormDrag>
  )
}
