import type { TransitionDefinition } from '@tessera/platform/fields/states-shape.js'
import { labelOf } from '@tessera/platform/label.js'
import { CirclePlay } from 'lucide-react'
import { useMemo } from 'react'
import { useApp } from '../api/app.js'
import { optionColor } from '../ui/theme.js'
import { layOutStates, type TransitionWay } from './state-layout.js'
import { useTexts } from './texts.js'
import type { StateChoice } from './transition-row.js'
import './state-diagram.css'

interface StateDiagramProps {
  states: readonly StateChoice[]
  initial: readonly string[]
  transitions: readonly TransitionDefinition[]
  /** The place of the transition that is chosen. */
  chosen: number | undefined
  onChoose: (index: number) => void
}

const boxWidth = 132
const labelWidth = 148
const laneGap = 14
const arrow = 8

/** A state machine as boxes in their colours, with the ways between them; a way that is clicked is chosen. */
export function StateDiagram({ states, initial, transitions, chosen, onChoose }: StateDiagramProps) {
  const { t } = useTexts()
  const { locale } = useApp()
  const values = useMemo(() => states.map(({ value }) => value), [states])
  const { boxes, ways, lanes, height } = useMemo(() => layOutStates(values, transitions), [values, transitions])
  const left = sideWidth(
    lanes.up,
    ways.some(({ side }) => side === 'up'),
  )
  const width =
    left +
    boxWidth +
    sideWidth(
      lanes.down,
      ways.some(({ side }) => side === 'down'),
    )
  const nameOf = (value: string) => states.find(state => state.value === value)?.label ?? value
  const indexOf = (way: TransitionWay) => transitions.findIndex(({ transition }) => transition === way.transition)
  const wordsOf = ({ label, from, to }: TransitionDefinition) =>
    t('states.way', {
      name: labelOf(label, locale),
      from: from === '*' ? t('states.any') : from.map(nameOf).join(locale === 'zh-CN' ? '、' : ', '),
      to: nameOf(to),
    })
  return (
    <div className="state-diagram" style={{ width, height }} role="group" aria-label={t('states.diagram')}>
      <svg width={width} height={height} viewBox={`0 0 ${width} ${height}`} aria-hidden>
        {[...ways]
          .sort((one, other) => Number(indexOf(one) === chosen) - Number(indexOf(other) === chosen))
          .map(way => (
            <Way
              key={`${way.transition} ${way.side}`}
              way={way}
              edge={way.side === 'down' ? left + boxWidth : left}
              isChosen={indexOf(way) === chosen}
            />
          ))}
      </svg>
      {boxes.map(({ value, y, height: tall }) => {
        const color = optionColor(states.find(state => state.value === value)?.color)
        return (
          <div
            key={value}
            className="state-box"
            style={{ left, top: y, width: boxWidth, height: tall, background: `var(--opt-${color}-bg)`, color: `var(--opt-${color}-text)` }}
          >
            {initial.includes(value) && <CirclePlay size={13} role="img" aria-label={t('states.begins')} />}
            <span title={nameOf(value)}>{nameOf(value)}</span>
          </div>
        )
      })}
      {ways.map(way => {
        const index = indexOf(way)
        const transition = transitions[index]
        return (
          transition && (
            <button
              key={`${way.transition} ${way.side}`}
              type="button"
              className={`state-way ${way.side}`}
              style={{
                top: way.to - 10,
                left: way.side === 'down' ? left + boxWidth + arrow + 4 : left - arrow - 4 - labelWidth,
                width: labelWidth,
              }}
              aria-label={wordsOf(transition)}
              aria-pressed={index === chosen}
              title={wordsOf(transition)}
              onClick={() => onChoose(index)}
            >
              <span>{labelOf(transition.label, locale) || transition.transition}</span>
            </button>
          )
        )
      })}
    </div>
  )
}

const sideWidth = (lanes: number, isUsed: boolean): number => (isUsed ? arrow + 4 + labelWidth + 10 + Math.max(1, lanes) * laneGap : 8)

/** The lines of a way: out of its sources, along its lane, into its target. */
function Way({ way, edge, isChosen }: { way: TransitionWay; edge: number; isChosen: boolean }) {
  const sign = way.side === 'down' ? 1 : -1
  const x = edge + sign * (arrow + 4 + labelWidth + 8 + (way.lane ?? 0) * laneGap)
  const all = [...way.from, way.to]
  const lines = [
    ...way.from.map(y => `M${edge} ${y}H${x}`),
    `M${x} ${Math.min(...all)}V${Math.max(...all)}`,
    `M${x} ${way.to}H${edge + sign * arrow}`,
  ]
  return (
    <g className={isChosen ? 'chosen' : undefined}>
      <path d={lines.join('')} />
      <polygon points={`${edge + sign},${way.to} ${edge + sign * (arrow + 1)},${way.to - 4} ${edge + sign * (arrow + 1)},${way.to + 4}`} />
      {(way.lane === null ? [way.to] : way.from).map(y => (
        <circle key={y} cx={x} cy={y} r={way.lane === null ? 4 : 2.5} />
      ))}
    </g>
  )
}
