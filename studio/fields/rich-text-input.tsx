import { type Editor, EditorContent, useEditor, useEditorState } from '@tiptap/react'
import { StarterKit } from '@tiptap/starter-kit'
import { Button } from 'antd'
import { Bold, Heading, Italic, Link, List, ListOrdered, type LucideIcon, Quote, Redo2, Underline, Undo2 } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLabel } from '../api/app.js'
import type { InputProps } from './face.js'
import { LinkLine } from './rich-text-link.js'

interface Tool {
  readonly name: string
  readonly icon: LucideIcon
  readonly run: (editor: Editor) => void
  readonly isOn?: (editor: Editor) => boolean
}

const tools: readonly Tool[] = [
  { name: 'bold', icon: Bold, run: editor => editor.chain().focus().toggleBold().run(), isOn: editor => editor.isActive('bold') },
  { name: 'italic', icon: Italic, run: editor => editor.chain().focus().toggleItalic().run(), isOn: editor => editor.isActive('italic') },
  {
    name: 'underline',
    icon: Underline,
    run: editor => editor.chain().focus().toggleUnderline().run(),
    isOn: editor => editor.isActive('underline'),
  },
  {
    name: 'heading',
    icon: Heading,
    run: editor => editor.chain().focus().toggleHeading({ level: 2 }).run(),
    isOn: editor => editor.isActive('heading'),
  },
  {
    name: 'list',
    icon: List,
    run: editor => editor.chain().focus().toggleBulletList().run(),
    isOn: editor => editor.isActive('bulletList'),
  },
  {
    name: 'numbered',
    icon: ListOrdered,
    run: editor => editor.chain().focus().toggleOrderedList().run(),
    isOn: editor => editor.isActive('orderedList'),
  },
  {
    name: 'quote',
    icon: Quote,
    run: editor => editor.chain().focus().toggleBlockquote().run(),
    isOn: editor => editor.isActive('blockquote'),
  },
]

// what the server keeps, and nothing else: a paste brings no colours, pictures or tables
const extensions = [
  StarterKit.configure({
    heading: { levels: [2, 3, 4] },
    link: { openOnClick: false, autolink: true, defaultProtocol: 'https', protocols: ['mailto', 'tel'] },
  }),
]

/** Writes rich text; every mark is a key as well (Ctrl B, Ctrl I, Ctrl K …). */
export function RichTextInput(props: InputProps) {
  const { t } = useTranslation()
  const label = useLabel()
  const [isLinking, setLinking] = useState(false)
  const html = typeof props.value === 'string' ? props.value : ''
  const editor = useEditor({
    extensions,
    content: html,
    injectCSS: false,
    autofocus: props.inline === true,
    editable: props.disabled !== true,
    editorProps: { attributes: attributesOf(props, label(props.field.label)) },
    onUpdate: ({ editor: now }) => props.onChange(now.isEmpty ? null : now.getHTML()),
    onBlur: ({ event }) => (isWithin(event) ? undefined : props.onBlur?.()),
  })
  useEffect(() => {
    // another value from outside, such as a kept draft; what is being typed is left alone
    if (!editor.isDestroyed && !editor.isFocused && html !== editor.getHTML() && !(html === '' && editor.isEmpty))
      editor.commands.setContent(html, { emitUpdate: false })
  }, [editor, html])
  const state = useEditorState({ editor, selector: ({ editor: now }) => stateOf(now) })
  return (
    <div
      className={props.invalid ? 'rich-text-input wrong' : 'rich-text-input'}
      onKeyDown={event => {
        if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
        event.preventDefault()
        event.stopPropagation()
        setLinking(true)
      }}
    >
      <div className="markdown-tools" role="toolbar" aria-label={t('markdown.tools')}>
        {tools.map(tool => (
          <ToolButton key={tool.name} tool={tool} isOn={state.on.includes(tool.name)} editor={editor} disabled={props.disabled === true} />
        ))}
        <ToolButton
          tool={{ name: 'link', icon: Link, run: () => setLinking(true) }}
          isOn={isLinking}
          editor={editor}
          disabled={props.disabled === true}
        />
        <ToolButton tool={{ name: 'undo', icon: Undo2, run: now => now.commands.undo() }} editor={editor} disabled={!state.canUndo} />
        <ToolButton tool={{ name: 'redo', icon: Redo2, run: now => now.commands.redo() }} editor={editor} disabled={!state.canRedo} />
      </div>
      {isLinking && <LinkLine editor={editor} onDone={() => setLinking(false)} />}
      <EditorContent editor={editor} className="markdown" />
    </div>
  )
}

/** What the tools show; nothing while an editor goes and another comes. */
const stateOf = (editor: Editor) =>
  editor.isDestroyed
    ? { on: [], canUndo: false, canRedo: false }
    : {
        on: tools.filter(tool => tool.isOn?.(editor)).map(tool => tool.name),
        canUndo: editor.can().undo(),
        canRedo: editor.can().redo(),
      }

/** Whether the focus only goes to the tools of the same input. */
const isWithin = (event: FocusEvent): boolean =>
  event.relatedTarget instanceof Node && (event.target as Element).closest('.rich-text-input')?.contains(event.relatedTarget) === true

const attributesOf = ({ id, invalid, required, describedBy }: InputProps, label: string): Record<string, string> => ({
  id,
  role: 'textbox',
  'aria-multiline': 'true',
  'aria-label': label,
  ...(invalid ? { 'aria-invalid': 'true' } : {}),
  ...(required ? { 'aria-required': 'true' } : {}),
  ...(describedBy === undefined ? {} : { 'aria-describedby': describedBy }),
})

interface ToolButtonProps {
  tool: Tool
  editor: Editor
  isOn?: boolean
  disabled: boolean
}

function ToolButton({ tool, editor, isOn = false, disabled }: ToolButtonProps) {
  const { t } = useTranslation()
  return (
    <Button
      type="text"
      size="small"
      className={isOn ? 'tool on' : 'tool'}
      aria-pressed={tool.isOn ? isOn : undefined}
      icon={<tool.icon size={15} aria-hidden />}
      aria-label={t(`markdown.${tool.name}`)}
      title={t(`markdown.${tool.name}`)}
      disabled={disabled}
      onMouseDown={event => event.preventDefault()}
      onClick={() => tool.run(editor)}
    />
  )
}
