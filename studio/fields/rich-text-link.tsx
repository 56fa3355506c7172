import type { Editor } from '@tiptap/react'
import { Button, Input } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isKey } from '../ui/keys.js'

const withScheme = (address: string): string =>
  /^(?:https?|mailto|tel):/i.test(address)
    ? address
    : address.includes('@') && !address.includes('/')
      ? `mailto:${address}`
      : `https://${address}`

/** The address of a link, in a line above the text; an empty one takes the link away. */
export function LinkLine({ editor, onDone }: { editor: Editor; onDone: () => void }) {
  const { t } = useTranslation()
  const [address, setAddress] = useState(String(editor.getAttributes('link').href ?? ''))
  const close = () => {
    onDone()
    editor.commands.focus()
  }
  const apply = () => {
    const chain = editor.chain().focus().extendMarkRange('link')
    const href = address.trim()
    if (href === '') chain.unsetLink().run()
    else if (editor.state.selection.empty && !editor.isActive('link'))
      chain.insertContent({ type: 'text', text: href, marks: [{ type: 'link', attrs: { href: withScheme(href) } }] }).run()
    else chain.setLink({ href: withScheme(href) }).run()
    close()
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!isKey(event, 'Enter') && !isKey(event, 'Escape')) return
    event.preventDefault()
    event.stopPropagation()
    if (isKey(event, 'Enter')) apply()
    else close()
  }
  return (
    <div className="link-line">
      <Input
        size="small"
        autoFocus
        inputMode="url"
        placeholder="https://"
        aria-label={t('markdown.address')}
        value={address}
        onChange={event => setAddress(event.target.value)}
        onKeyDown={onKeyDown}
      />
      <Button size="small" onClick={apply}>
        {t('markdown.setLink')}
      </Button>
    </div>
  )
}
