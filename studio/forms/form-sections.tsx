import type { ObjectFieldTemplateProps } from '@rjsf/utils'
import type { FormShape, Section } from '@tessera/platform/forms/form-schema.js'
import { ChevronDown, ChevronRight } from 'lucide-react'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import { TabSet } from '../ui/tab-set.js'
import type { FormContent, RecordFormContext } from './form-context.js'

/** A form as sections with a hairline between, each in one or two columns; those that have a tab stand behind it. */
export function ObjectFieldTemplate({ properties, registry, fieldPathId }: ObjectFieldTemplateProps) {
  const context = registry.formContext as RecordFormContext
  if (fieldPathId.path.length > 0) return properties.map(property => property.content)
  const content: FormContent = new Map(properties.map(property => [property.name, property.content]))
  if (context.layout) return <context.layout content={content} />
  const { sections, tabs } = context.shape
  const drawn = (of: readonly Section[]) =>
    of.map(section => <FormSection key={section.name} section={section} content={content} context={context} />)
  const shown = tabs.filter(({ name }) => sections.some(({ tab }) => tab === name))
  return (
    <>
      {drawn(sections.filter(({ tab }) => tab === undefined))}
      {shown.length > 0 && (
        <FormTabs tabs={shown} context={context}>
          {name => drawn(sections.filter(({ tab }) => tab === name))}
        </FormTabs>
      )}
    </>
  )
}

interface FormTabsProps {
  tabs: FormShape['tabs']
  context: RecordFormContext
  children: (tab: string) => React.ReactNode
}

/** How many problems stand at some fields. */
const problemsAt = ({ problems }: RecordFormContext, keys: readonly string[]): number =>
  Object.entries(problems).reduce((sum, [path, found]) => sum + (keys.includes(path.split('/')[0] ?? '') ? found.length : 0), 0)

/** Tabs of a form; one that has problems says so. All of them stay in the page, so that nothing typed is lost. */
function FormTabs({ tabs, context, children }: FormTabsProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const id = useId()
  const [chosen, choose] = useState<string>()
  const active = tabs.find(({ name }) => name === chosen)?.name ?? tabs[0]?.name ?? ''
  const problemsIn = (tab: string) =>
    problemsAt(
      context,
      context.shape.sections.flatMap(section => (section.tab === tab ? section.keys : [])),
    )
  const drawn = tabs.map(tab => {
    const count = problemsIn(tab.name)
    return { key: tab.name, label: label(tab.label), ...(count > 0 ? { problem: t('form.attention', { count }) } : {}) }
  })
  return (
    <div className="form-tabs">
      <TabSet tabs={drawn} active={active} label={t('form.tabs')} panelId={id} onChange={choose} />
      {tabs.map(({ name, label: title }) => (
        <div
          key={name}
          id={name === active ? id : undefined}
          role="tabpanel"
          aria-label={label(title)}
          className="form-tab"
          hidden={name !== active}
          data-opener={`[data-tab="${name}"]`}
        >
          {children(name)}
        </div>
      ))}
    </div>
  )
}

interface FormSectionProps {
  section: Section
  content: FormContent
  context: RecordFormContext
}

function FormSection({ section, content, context }: FormSectionProps) {
  const label = useLabel()
  const id = useId()
  const [isChosen, choose] = useState<boolean>()
  const title = context.isQuick ? '' : label(section.label)
  const isCalled = problemsAt(context, section.keys) > 0
  const isBrought = section.keys.some(key => context.rules.because(key) !== '')
  const isOpen = title === '' || !section.isFolded || isCalled || (isChosen ?? isBrought)
  return (
    <section className="form-section" aria-label={title === '' ? undefined : title}>
      {title !== '' &&
        (section.isFolded ? (
          <h2>
            <button type="button" className="form-fold" aria-expanded={isOpen} aria-controls={id} onClick={() => choose(!isOpen)}>
              {isOpen ? <ChevronDown size={16} aria-hidden /> : <ChevronRight size={16} aria-hidden />} {title}
            </button>
          </h2>
        ) : (
          <h2>{title}</h2>
        ))}
      <div id={id} hidden={!isOpen} data-opener={`[aria-controls="${id}"]`}>
        {section.help !== undefined && !context.isQuick && <p className="form-text">{label(section.help)}</p>}
        <div className={section.columns === 2 && !context.isQuick ? 'form-grid two' : 'form-grid'}>
          {section.keys.map(key => (
            <div key={key} className={context.shape.wide.has(key) ? 'form-cell wide' : 'form-cell'}>
              {content.get(key)}
            </div>
          ))}
        </div>
      </div>
    </section>
  )
}
