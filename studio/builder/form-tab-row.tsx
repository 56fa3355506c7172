import { useDroppable } from '@dnd-kit/core'
import type { Label } from '@tessera/platform/label.js'
import { Ellipsis } from 'lucide-react'
import { useLabel } from '../api/app.js'
import { Menu } from '../ui/menu.js'
import { IconButton } from '../ui/small.js'
import { tabCommands } from './form-commands.js'
import { useFormDesign } from './form-design.js'
import type { Target } from './form-drop.js'

/** The tabs of a form while it is designed: a click opens one, its menu moves or removes it, fields and sections are dropped on it. */
export function FormTabRow() {
  const design = useFormDesign()
  const { form, tab, t, titleOf } = design
  const menu = tab === undefined ? '' : t('formDesigner.tabMenu', { name: titleOf({ kind: 'tab', name: tab }) })
  return (
    <div className="form-frame-tabs">
      <div role="group" aria-label={t('formDesigner.tabs')}>
        {(form.tabs ?? []).map(known => (
          <TabFrame key={known.tab} name={known.tab} label={known.label as Label} />
        ))}
      </div>
      {tab !== undefined && (
        <Menu label={menu} groups={tabCommands(design, tab)}>
          <IconButton icon={Ellipsis} label={menu} />
        </Menu>
      )}
    </div>
  )
}

function TabFrame({ name, label: own }: { name: string; label: Label }) {
  const { tab, openTab, choose } = useFormDesign()
  const label = useLabel()
  const drop = useDroppable({ id: `at:tab:${name}`, data: { target: { kind: 'tab', name } satisfies Target } })
  return (
    <button
      type="button"
      ref={drop.setNodeRef}
      className={drop.isOver ? 'over' : undefined}
      aria-pressed={tab === name}
      onClick={() => {
        openTab(name)
        choose({ kind: 'tab', name })
      }}
    >
      {label(own) || name}
    </button>
  )
}
