import { Button, Input } from 'antd'
import { Bold, Code, Heading, Italic, Link, List, type LucideIcon } from 'lucide-react'
import { type KeyboardEvent, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { InputProps } from './face.js'
import { Markdown } from './markdown.js'
import { type Marks, marked } from './markdown-marks.js'
import { inputState } from './text-input.js'

interface Tool extends Marks {
  name: string
  icon: LucideIcon
  key?: string
}

const tools: readonly Tool[] = [
  { name: 'bold', icon: Bold, before: '**', behind: '**', key: 'b' },
  { name: 'italic', icon: Italic, before: '_', behind: '_', key: 'i' },
  { name: 'heading', icon: Heading, before: '## ', behind: '', line: true },
  { name: 'list', icon: List, before: '- ', behind: '', line: true },
  { name: 'link', icon: Link, before: '[', behind: '](https://)', key: 'k' },
  { name: 'code', icon: Code, before: '`', behind: '`' },
]

/** Writes Markdown with a small toolbar; the preview shows what readers will see. */
export function MarkdownInput(props: InputProps) {
  const { t } = useTranslation()
  const place = useRef<HTMLDivElement>(null)
  const [isPreview, setPreview] = useState(false)
  const value = typeof props.value === 'string' ? props.value : ''
  const change = (text: string) => props.onChange(text === '' ? null : text)
  const lay = (tool: Tool) => {
    const area = place.current?.querySelector('textarea')
    if (!area) return
    const done = marked(value, area.selectionStart, area.selectionEnd, tool)
    change(done.text)
    requestAnimationFrame(() => {
      area.focus()
      area.setSelectionRange(done.from, done.to)
    })
  }
  const onKeyDown = (event: KeyboardEvent) => {
    const tool = event.ctrlKey || event.metaKey ? tools.find(one => one.key === event.key.toLowerCase()) : undefined
    if (!tool) return
    event.preventDefault()
    event.stopPropagation()
    lay(tool)
  }
  return (
    <div ref={place} className="markdown-input">
      <div className="markdown-tools" role="toolbar" aria-label={t('markdown.tools')}>
        {tools.map(tool => (
          <Button
            key={tool.name}
            type="text"
            size="small"
            icon={<tool.icon size={15} aria-hidden />}
            aria-label={t(`markdown.${tool.name}`)}
            title={t(`markdown.${tool.name}`)}
            disabled={props.disabled === true || isPreview}
            onMouseDown={event => event.preventDefault()}
            onClick={() => lay(tool)}
          />
        ))}
        <Button type="text" size="small" onMouseDown={event => event.preventDefault()} onClick={() => setPreview(!isPreview)}>
          {t(isPreview ? 'markdown.edit' : 'markdown.preview')}
        </Button>
      </div>
      {isPreview ? (
        <Markdown text={value} />
      ) : (
        <Input.TextArea
          {...inputState(props)}
          autoFocus={props.inline === true}
          autoSize={{ minRows: 4, maxRows: 16 }}
          value={value}
          status={props.invalid ? 'error' : ''}
          onKeyDown={onKeyDown}
          onChange={event => change(event.target.value)}
          onBlur={props.onBlur}
        />
      )}
    </div>
  )
}
