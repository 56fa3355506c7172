import type { ObjectModel } from '@tessera/platform/model/model.js'
import { lookup } from '@tessera/platform/registry.js'
import { Button } from 'antd'
import { ChevronRight, SearchCheck, Square } from 'lucide-react'
import { Link } from 'react-router'
import { breaksPath } from '../api/addresses.js'
import { useApp } from '../api/app.js'
import { useAppName } from '../api/app-name.js'
import { failureText } from '../views/failure.js'
import { type Look, type RuleBreak, useRuleBreaks } from './rule-breaks.js'
import { useTexts } from './texts.js'

/** Looks for the records that break a published rule of an object as they are, and leads to them. */
export function RuleBreaksList({ name }: { name: string }) {
  const { model } = useApp()
  const object = lookup(model.objects, name)
  return object && object.rules.length > 0 ? <Looking object={object} /> : null
}

function Looking({ object }: { object: ObjectModel }) {
  const { t } = useTexts()
  const { look, start, stop } = useRuleBreaks(object.name)
  const isLooking = look.state === 'looking'
  return (
    <section className="rule-breaks" aria-labelledby="rule-breaks">
      <h2 id="rule-breaks">{t('breaks.title')}</h2>
      <p className="quiet">{t('breaks.text')}</p>
      <div className="rule-breaks-line">
        {isLooking ? (
          <Button icon={<Square size={13} aria-hidden />} onClick={stop}>
            {t('breaks.stop')}
          </Button>
        ) : (
          <Button icon={<SearchCheck size={15} aria-hidden />} onClick={start}>
            {t(look.state === 'idle' ? 'breaks.look' : 'breaks.again')}
          </Button>
        )}
        <span className="quiet num" role="status">
          {progressText(look, t)}
        </span>
      </div>
      {look.error && (
        <p className="field-error" role="alert">
          {failureText(look.error, t)}
        </p>
      )}
      <Found object={object} look={look} />
    </section>
  )
}

function progressText({ state, looked }: Look, t: ReturnType<typeof useTexts>['t']): string {
  if (state === 'idle' || state === 'failed') return ''
  return t(state === 'stopped' ? 'breaks.lookedPart' : 'breaks.looked', { count: looked })
}

function Found({ object, look: { rules, state } }: { object: ObjectModel; look: Look }) {
  const { t } = useTexts()
  const broken = rules.filter(({ count }) => count > 0)
  const unchecked = rules.filter(rule => rule.unchecked !== null)
  return (
    <>
      {state === 'done' && broken.length === 0 && <p>{t('breaks.none')}</p>}
      {broken.length > 0 && (
        <ul className="rows studio-rows">
          {broken.map(rule => (
            <Broken key={rule.rule} object={object} rule={rule} />
          ))}
        </ul>
      )}
      {unchecked.length > 0 && (
        <>
          <h3>{t('breaks.unchecked')}</h3>
          <ul className="rule-breaks-unchecked quiet">
            {unchecked.map(({ rule, message, unchecked: reason }) => (
              <li key={rule}>
                {message} <code>{rule}</code> {t(`breaks.unchecked.${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
    </>
  )
}

/** A rule with the number of records that break it; it leads to the list of them. */
function Broken({ object, rule }: { object: ObjectModel; rule: RuleBreak }) {
  const { t } = useTexts()
  const { model } = useApp()
  const app = useAppName()
  // the view that shows most, so that the list has as many records as are counted here
  const open = Object.values(model.views).find(
    ({ definition, where }) => definition.object === object.name && definition.kind === 'list' && !where,
  )
  return (
    <li>
      <Link to={breaksPath(app, object.name, rule.rule, open?.name)}>
        <span className="cut">{rule.message}</span>
        <code className="quiet">{rule.rule}</code>
        <span className="grow quiet">{t(`rules.severity.${rule.severity}`)}</span>
        <span className="num">{t('breaks.count', { count: rule.count })}</span>
        <ChevronRight size={16} aria-hidden />
      </Link>
    </li>
  )
}
