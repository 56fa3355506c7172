import type { Locale } from '@tessera/platform/label.js'
import type { Mail } from '../mail/mailer.js'

type Words = Readonly<Record<Locale, (given: Given) => { readonly subject: string; readonly text: string }>>

interface Given {
  readonly name: string
  readonly workspace: string
  readonly by: string
  readonly link: string
  readonly hours: number
}

const invitation: Words = {
  en: ({ name, workspace, by, link, hours }) => ({
    subject: `${by} invites you to ${workspace}`,
    text: `Hello ${name},\n\n${by} invites you to work in ${workspace}. Open this page and choose a password:\n\n${link}\n\nThe link works once, for ${hours / 24} days. If you do not know ${by}, ignore this mail.\n`,
  }),
  'zh-CN': ({ name, workspace, by, link, hours }) => ({
    subject: `${by}邀请你加入「${workspace}」`,
    text: `${name}，你好：\n\n${by}邀请你加入「${workspace}」。打开以下页面并设置密码：\n\n${link}\n\n链接只能使用一次，${hours / 24} 天内有效。如果你不认识${by}，忽略这封邮件即可。\n`,
  }),
}

const reset: Words = {
  en: ({ name, link, hours }) => ({
    subject: 'A new password for Tessera',
    text: `Hello ${name},\n\nsomebody, hopefully you, asked for a new password. Open this page and choose one:\n\n${link}\n\nThe link works once, for ${hours} hours. If it was not you, ignore this mail: your password stays as it is.\n`,
  }),
  'zh-CN': ({ name, link, hours }) => ({
    subject: '设置新的 Tessera 密码',
    text: `${name}，你好：\n\n有人（应该是你）申请设置新密码。打开以下页面进行设置：\n\n${link}\n\n链接只能使用一次，${hours} 小时内有效。如果不是你本人操作，忽略这封邮件即可，原密码保持不变。\n`,
  }),
}

const words = { invitation, reset } as const

/** A mail of ours in the language of who gets it. Names are put on one line: no text from outside makes a header. */
export function mailOf(kind: keyof typeof words, locale: Locale, to: string, given: Given): Mail {
  const plain = (text: string) => text.replace(/[\r\n\t]+/g, ' ').slice(0, 100)
  const { subject, text } = words[kind][locale]({
    ...given,
    name: plain(given.name),
    workspace: plain(given.workspace),
    by: plain(given.by),
  })
  return { to, subject, text }
}
