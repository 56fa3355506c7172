import { Button } from 'antd'
import { LayoutTemplate } from 'lucide-react'
import { useNavigate } from 'react-router'
import { usePhone } from '../ui/media.js'
import { elementJsonPath } from './places.js'
import { useTexts } from './texts.js'
import { useWorkshop } from './workshop.js'

/** Puts a template made of an object into the draft and opens it; on a phone there is no room to go on with it. */
export function SaveAsTemplate({ object }: { object: string }) {
  const { t } = useTexts()
  const navigate = useNavigate()
  const { elements, edit } = useWorkshop()
  const isPhone = usePhone()
  const save = async () => {
    const { freeTemplateName, saveAsTemplate } = await import('./template-save.js')
    const name = freeTemplateName(elements, object)
    edit(`add templates/${name}`, `templates/${name}`, now => saveAsTemplate(now, object, name))
    void navigate(elementJsonPath('template', name))
  }
  return isPhone ? null : (
    <Button type="text" icon={<LayoutTemplate size={15} aria-hidden />} onClick={() => void save()}>
      {t('template.save')}
    </Button>
  )
}
