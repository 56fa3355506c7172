import { autocompletion, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete'
import { json, jsonParseLinter } from '@codemirror/lang-json'
import { syntaxHighlighting } from '@codemirror/language'
import { type Diagnostic, linter, lintGutter } from '@codemirror/lint'
import type { Extension } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { classHighlighter } from '@lezer/highlight'
import type { Elements } from '@tessera/platform/editing/elements.js'
import CodeMirror from '@uiw/react-codemirror'
import { useMemo, useRef } from 'react'
import { type Offer, offersAt } from './json-completion.js'
import { placeIn, stretchOf } from './json-cursor.js'
import { type Shape, shapeOfKind } from './json-place.js'
import type { Told } from './problems.js'
import { useTexts } from './texts.js'
import './json-code.css'

interface JsonCodeProps {
  readonly kind: string
  /** Where the definition is; problems of it have paths below. */
  readonly path: string
  readonly text: string
  readonly elements: Elements
  /** The object that the definition speaks of, whose fields are offered. */
  readonly object: string | null
  readonly problems: readonly Told[]
  readonly onChange: (text: string) => void
}

/** The text of a definition: coloured, folded, searched, completed from the shape of its kind, with problems marked where they are. */
export default function JsonCode({ kind, path, text, elements, object, problems, onChange }: JsonCodeProps) {
  const { t } = useTexts()
  const label = t('json.label', { path })
  // what is offered follows the draft without the editor being set up anew
  const meant = useRef({ elements, object })
  meant.current = { elements, object }
  const extensions = useMemo<Extension[]>(() => {
    const root = shapeOfKind(kind)
    const offers = (context: CompletionContext) => complete(context, root, meant.current.elements, meant.current.object)
    return [json(), syntaxHighlighting(classHighlighter), autocompletion({ override: [offers], icons: false }), lintGutter(), named(label)]
  }, [kind, label])
  const marks = useMemo(
    () => linter(view => [...jsonParseLinter()(view), ...marksOf(view, path, problems)], { delay: 300 }),
    [path, problems],
  )
  return (
    <CodeMirror
      className="json-code"
      theme="none"
      height="100%"
      value={text}
      basicSetup={{ autocompletion: false, highlightActiveLineGutter: false, syntaxHighlighting: false }}
      extensions={[...extensions, marks]}
      onChange={onChange}
    />
  )
}

const named = (label: string): Extension => EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' })

function complete(context: CompletionContext, root: Shape, elements: Elements, object: string | null): CompletionResult | null {
  const found = placeIn(context.state, context.pos)
  if (!found) return null
  const { place, from, to } = found
  if (!context.explicit && from === context.pos) return null
  const offers = offersAt(root, place, elements, object)
  if (offers.length === 0) return null
  const isColonThere = /^\s*:/.test(context.state.sliceDoc(to, to + 20))
  const typed = context.state.sliceDoc(from, from + 1) === '"' ? '"' : ''
  return { from, to, options: offers.map(offer => completionOf(offer, typed, isColonThere)), filter: true }
}

/** What is offered, as the editor takes it: it filters by what stands in the text, which may begin with a quote. */
function completionOf({ label, text, kind, detail, info, isRequired }: Offer, quote: string, isColonThere: boolean): Completion {
  const isKey = text.endsWith(': ')
  return {
    label: `${quote}${label}`,
    displayLabel: label,
    apply: isKey && isColonThere ? text.slice(0, -2) : text,
    detail,
    type: kind,
    boost: isRequired ? 2 : kind === 'property' || kind === 'name' ? 1 : 0,
    ...(info === undefined ? {} : { info }),
  }
}

const marksOf = (view: EditorView, path: string, problems: readonly Told[]): Diagnostic[] =>
  problems
    .filter(problem => problem.path === path || problem.path.startsWith(`${path}/`))
    .map(problem => ({
      ...stretchOf(view.state, problem.path.split('/').slice(path.split('/').length)),
      severity: 'error',
      message: [problem.message, problem.hint].filter(Boolean).join(' '),
    }))
