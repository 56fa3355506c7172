import type { Spell } from './names.js'

/** Words apart by spaces, as they are. */
const plain: Spell = text => text.split(/\s+/)

let loaded: Promise<Spell> | undefined

/** Chinese spelled by its pinyin; the dictionary comes when it is first needed. */
export function spelling(): Promise<Spell> {
  loaded ??= import('pinyin-pro').then(
    ({ pinyin }): Spell =>
      text =>
        /\p{Script=Han}/u.test(text) ? pinyin(text, { toneType: 'none', type: 'array', nonZh: 'consecutive', v: true }) : plain(text),
    () => plain,
  )
  return loaded
}
