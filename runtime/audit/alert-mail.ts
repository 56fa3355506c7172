import type { Locale } from '@tessera/platform/label.js'
import type { Mail } from '../mail/mailer.js'

interface Given {
  readonly name: string
  readonly workspace: string
  readonly object: string
  readonly rows: number
  readonly sensitive: number
  readonly isBlocked: boolean
  readonly link: string
}

type Words = Readonly<Record<Locale, (given: Given) => { readonly subject: string; readonly text: string }>>

const words: Words = {
  en: ({ name, workspace, object, rows, sensitive, isBlocked, link }) => ({
    subject: `${workspace}: ${name} exported ${rows} rows within a day`,
    text: `${name} asked for ${rows} rows within a day, last of ${object}; ${sensitive} of them hold values that others see masked.\n\n${isBlocked ? 'This export was refused.' : 'The export was handed out.'} Who exported what stands in the audit log:\n\n${link}\n\nThe numbers from which you get this mail are set in the studio, at the settings of the workspace.\n`,
  }),
  'zh-CN': ({ name, workspace, object, rows, sensitive, isBlocked, link }) => ({
    subject: `${workspace}：${name}一天内导出了 ${rows} 行`,
    text: `${name}一天内共导出 ${rows} 行，最近一次导出的对象是 ${object}；其中 ${sensitive} 行含有对他人隐藏部分内容的值。\n\n${isBlocked ? '本次导出已被拒绝。' : '本次导出已完成。'}导出详情见审计日志：\n\n${link}\n\n触发此邮件的行数可在工作室的工作区设置中修改。\n`,
  }),
}

/** The mail that tells an admin of somebody who takes very much out. Names are put on one line: no text from outside makes a header. */
export function alertMail(locale: Locale, to: string, given: Given): Mail {
  const plain = (text: string) => text.replace(/[\r\n\t]+/g, ' ').slice(0, 100)
  return { to, ...words[locale]({ ...given, name: plain(given.name), workspace: plain(given.workspace) }) }
}
