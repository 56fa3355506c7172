import type { Label } from '@tessera/platform/label.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { Plus } from 'lucide-react'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { addForm, freeFormName } from './form-elements.js'
import { useFormTexts } from './form-texts.js'
import { ObjectChoice } from './object-choice.js'
import { formPath } from './places.js'
import { Property } from './property.js'
import { useWorkshop } from './workshop.js'

/** Adds a form of an object with all its fields, to be arranged. */
function useAddForm(): (object: string) => void {
  const navigate = useNavigate()
  const { elements, model, edit } = useWorkshop()
  return object => {
    const name = freeFormName(elements, object)
    const label: Label = lookup(model.objects, object)?.label ?? name
    edit(`add form ${name}`, `forms/${name}`, now => addForm(now, model, name, object, label))
    void navigate(formPath(name))
  }
}

/** Adds a form for an object that is chosen. */
export function AddForm() {
  const { t } = useFormTexts()
  const add = useAddForm()
  const [object, setObject] = useState<string>()
  return (
    <form
      className="add-role"
      noValidate
      onSubmit={event => {
        event.preventDefault()
        if (object !== undefined) add(object)
      }}
    >
      <Property id="new-form" label={t('formDesigner.addFor')}>
        <div className="view-as-line">
          <ObjectChoice id="new-form" value={object} onChange={setObject} />
          <Button htmlType="submit" disabled={object === undefined}>
            {t('formDesigner.add')}
          </Button>
        </div>
      </Property>
    </form>
  )
}

/** Adds a form for one object. */
export function AddFormButton({ object, isFirst }: { object: string; isFirst: boolean }) {
  const { t } = useFormTexts()
  const add = useAddForm()
  return (
    <Button type={isFirst ? 'primary' : 'dashed'} icon={<Plus size={16} aria-hidden />} onClick={() => add(object)}>
      {t(isFirst ? 'formDesigner.addFirst' : 'formDesigner.add')}
    </Button>
  )
}
