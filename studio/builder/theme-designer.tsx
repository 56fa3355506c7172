import { accentNames, densities } from '@tessera/platform/definitions/app.js'
import type { Label } from '@tessera/platform/label.js'
import { Radio, Segmented } from 'antd'
import { lookOf } from '../ui/look.js'
import { paletteOf } from '../ui/theme.js'
import { DesignerParts } from './designer-parts.js'
import { changeElement } from './edit-element.js'
import { appDefinition, changeTheme, type Theme } from './edit-theme.js'
import { IconChoice } from './icon-choice.js'
import { LabelInputs } from './label-inputs.js'
import { useLayoutTexts } from './layout-texts.js'
import { Property } from './property.js'
import { ThemePreview } from './theme-preview.js'
import { useWorkshop } from './workshop.js'
import './layout.css'

/** What the app is called and how it looks for everybody, with a piece of it in both modes. */
export default function ThemeDesigner() {
  const { t } = useLayoutTexts()
  const { elements, edit } = useWorkshop()
  const app = appDefinition(elements)
  if (!app) return null
  const look = lookOf(app.theme)
  const change = (patch: Readonly<Record<string, unknown>>) =>
    edit(`app ${Object.keys(patch).join()}`, 'app', now => changeElement(now, 'app', patch))
  const choose = (theme: Theme) => edit(`app theme ${Object.keys(theme).join()}`, 'app', now => changeTheme(now, theme))
  return (
    <DesignerParts path="app" label={t('theme.parts')}>
      <div className="designer">
        <div className="layout-panel">
          <LabelInputs
            id="app-label"
            title={t('property.label')}
            value={app.label}
            onChange={(label: Label | undefined) => change({ label: label ?? app.app })}
          />
          <Property id="app-icon" label={t('icon')}>
            <IconChoice id="app-icon" value={app.icon} onChange={icon => change({ icon })} />
          </Property>
          <fieldset className="property-group">
            <legend>{t('theme.title')}</legend>
            <div className="property" role="group" aria-labelledby="theme-accent">
              <span id="theme-accent" className="property-label">
                {t('theme.accent')}
              </span>
              <Radio.Group
                className="theme-accents"
                value={look.accent}
                onChange={event => choose({ accent: event.target.value as Theme['accent'] })}
              >
                {accentNames.map(name => (
                  <Radio key={name} value={name}>
                    <span className="theme-dot" style={{ background: paletteOf('light', name).accent }} aria-hidden />{' '}
                    {t(`theme.accent.${name}`)}
                  </Radio>
                ))}
              </Radio.Group>
              <p className="field-help">{t('theme.accentHelp')}</p>
            </div>
            <Property id="theme-density" label={t('density')} help={t('theme.densityHelp')}>
              <Segmented
                id="theme-density"
                aria-label={t('density')}
                value={look.density}
                onChange={density => choose({ density })}
                options={densities.map(value => ({ value, label: t(`density.${value}`) }))}
              />
            </Property>
          </fieldset>
        </div>
        <section className="designer-main layout-live" aria-label={t('theme.live')}>
          <ThemePreview look={look} />
        </section>
      </div>
    </DesignerParts>
  )
}
