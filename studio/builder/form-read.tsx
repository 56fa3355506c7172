import { useFormDesign } from './form-design.js'
import { placedName } from './form-edits.js'

/** What a form shows in words, where there is no room to arrange it. */
export function FormRead() {
  const { form, titleOf } = useFormDesign()
  return (
    <ul className="rows form-read">
      {form.sections.map(({ section, tab, fields }) => (
        <li key={section}>
          <div>
            <strong>
              {[...(tab === undefined ? [] : [titleOf({ kind: 'tab', name: tab })]), titleOf({ kind: 'section', name: section })].join(
                ' › ',
              )}
            </strong>
            <div className="quiet">{fields.map(placed => titleOf({ kind: 'field', name: placedName(placed) })).join(' · ')}</div>
          </div>
        </li>
      ))}
    </ul>
  )
}
