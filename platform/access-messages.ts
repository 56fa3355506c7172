/** The texts of issues about who comes in: signing in, keys, members, settings; in the form of `issueTexts`. */
export const accessTexts = {
  SIGN_IN_FAILED: {
    en: ['E-mail or password is not right.', 'Try again, or ask an admin for a new password.'],
    'zh-CN': ['邮箱或密码不正确。', '请重试，或联系管理员重置密码。'],
  },
  SIGN_IN_LIMITED: {
    en: ['Too many failed attempts.', 'Wait {minutes} minutes and try again.'],
    'zh-CN': ['失败次数过多。', '请等待 {minutes} 分钟后重试。'],
  },
  SIGN_IN_NEEDED: { en: ['You are not signed in.', 'Sign in and try again.'], 'zh-CN': ['你尚未登录。', '请登录后重试。'] },
  ADMIN_NEEDED: {
    en: ['Only an admin may do this.', 'Ask an admin of the workspace.'],
    'zh-CN': ['只有管理员可以执行此操作。', '请联系工作区管理员。'],
  },
  CODE_WRONG: {
    en: ['The one-time code is not right.', 'Take it from the log of the server.'],
    'zh-CN': ['一次性代码不正确。', '请查看服务器日志中的代码。'],
  },
  PASSWORD_WRONG: {
    en: ['This is not your present password.', 'Type the password that you sign in with.'],
    'zh-CN': ['这不是你当前的密码。', '请输入登录时使用的密码。'],
  },
  PASSWORD_SAME: {
    en: ['This is the password that you have already.', 'Choose another one.'],
    'zh-CN': ['新密码与当前密码相同。', '请换一个密码。'],
  },
  PASSWORD_GUESSABLE: {
    en: [
      'This password is easily guessed.',
      'Leave out names, common words and runs such as 1234; several unrelated words make a good one.',
    ],
    'zh-CN': ['这个密码容易被猜到。', '不要使用姓名、常见词语或 1234 这样的连续字符；可以用几个不相关的词组成密码。'],
  },
  PASSWORD_CHANGE_NEEDED: {
    en: ['You need a new password first.', 'Sign in in the browser and choose one.'],
    'zh-CN': ['需要先修改密码。', '请在浏览器中登录并设置新密码。'],
  },
  SECOND_FACTOR_NEEDED: {
    en: ['A code of your second factor is needed.', 'Type the code that your app for codes shows, or a recovery code.'],
    'zh-CN': ['需要第二因素验证码。', '请输入验证器应用显示的验证码，或一个恢复码。'],
  },
  SECOND_FACTOR_WRONG: {
    en: ['The code is not right, or it was used already.', 'Wait for the next code of the app, or take another recovery code.'],
    'zh-CN': ['验证码不正确，或已经使用过。', '请等待下一个验证码，或使用另一个恢复码。'],
  },
  SECOND_FACTOR_PRESENT: {
    en: ['There is a second factor already.', 'Remove it before setting up another one.'],
    'zh-CN': ['已经设置了第二因素。', '请先移除，再设置新的。'],
  },
  SECOND_FACTOR_REQUIRED: {
    en: ['This workspace asks for a second factor.', 'Sign in in the browser and set it up.'],
    'zh-CN': ['该工作区要求使用第二因素。', '请在浏览器中登录并完成设置。'],
  },
  VIEW_READS: {
    en: ['You look through the eyes of another member: nothing can be changed, saved or exported.', 'End the view to go on as yourself.'],
    'zh-CN': ['你正以其他成员的视角查看，不能修改、保存或导出。', '结束查看后即可继续操作。'],
  },
  VIEW_ENDED: {
    en: ['The view through the eyes of another member is over.', 'End it to go on as yourself.'],
    'zh-CN': ['以其他成员视角的查看已到期。', '结束查看后即可继续操作。'],
  },
  VIEW_UNFIT: {
    en: ['Admins see what you see, and who has left sees nothing.', 'Choose a member who is no admin.'],
    'zh-CN': ['管理员看到的与你相同，已停用的成员看不到任何内容。', '请选择非管理员成员。'],
  },
  SESSION_NEEDED: {
    en: ['An API key cannot do this.', 'Sign in as the person that it is about.'],
    'zh-CN': ['API 密钥不能执行此操作。', '请以本人身份登录后操作。'],
  },
  EXPORT_LIMIT: {
    en: ['This is more than may be exported within a day.', 'Choose fewer records, or ask an admin.'],
    'zh-CN': ['超出一天内可导出的数量。', '请减少所选的记录，或联系管理员。'],
  },
  AUDIT_NEEDED: {
    en: ['The audit log is for admins and auditors.', 'Ask an admin for a role that may read it.'],
    'zh-CN': ['审计日志仅供管理员和审计员查看。', '请向管理员申请可查看审计日志的角色。'],
  },
  KEY_LIMITED: {
    en: ['This API key may not do that.', 'Use it at /graphql for the objects and fields that it names, or make another key.'],
    'zh-CN': ['该 API 密钥无权执行此操作。', '请在 /graphql 上按其限定的对象和字段使用，或创建其他密钥。'],
  },
  KEY_OF_ANOTHER: {
    en: ['A key acts as you or as a service account.', 'Let the person make it, or add a service account.'],
    'zh-CN': ['密钥只能以你本人或服务账号的身份使用。', '请让本人创建，或添加一个服务账号。'],
  },
  KEYS_TOO_MANY: { en: ['There are {most} keys already.', 'Revoke one first.'], 'zh-CN': ['已有 {most} 个密钥。', '请先撤销一个。'] },
  KEY_ELSEWHERE: {
    en: ['This API key may not be used from here.', 'Use it from one of its networks.'],
    'zh-CN': ['该 API 密钥不能在此网络地址使用。', '请在其允许的网络内使用。'],
  },
  MEMBER_PRESENT: {
    en: ['{email} is a member already.', 'Change the roles in the list of members.'],
    'zh-CN': ['{email} 已经是成员。', '请在成员列表中修改其角色。'],
  },
  MEMBER_UNKNOWN: { en: ['There is no such member.', 'Choose one of the list.'], 'zh-CN': ['没有这个成员。', '请从列表中选择。'] },
  MEMBER_SELF: {
    en: ['You cannot do this to yourself.', 'Ask another admin.'],
    'zh-CN': ['不能对自己执行此操作。', '请联系其他管理员。'],
  },
  MEMBER_LEFT: {
    en: ['This member has left.', 'Choose somebody who is active.'],
    'zh-CN': ['该成员已停用。', '请选择在职的成员。'],
  },
  ADMIN_LAST: {
    en: ['Nobody would be admin any more.', 'Make somebody else admin first.'],
    'zh-CN': ['这样将没有管理员。', '请先指定另一位管理员。'],
  },
  ACCOUNT_SHARED: {
    en: ['This person belongs to other workspaces too.', 'Let them ask for a new password on the first page.'],
    'zh-CN': ['此人还属于其他工作区。', '请让其在登录页自行重置密码。'],
  },
  SERVICE_ACCOUNT: {
    en: ['A service account has no password.', 'Make an API key for it.'],
    'zh-CN': ['服务账号没有密码。', '请为其创建 API 密钥。'],
  },
  LINK_USED: {
    en: ['This link was used or is too old.', 'Ask for a new one.'],
    'zh-CN': ['该链接已使用或已过期。', '请重新获取链接。'],
  },
  SIGN_IN_ELSEWHERE: {
    en: ['The provider did not let you in.', 'Try again, or sign in with your password.'],
    'zh-CN': ['身份提供方未能完成登录。', '请重试，或使用密码登录。'],
  },
  SETTING_INVALID: { en: ['“{value}” does not fit here.', 'Choose {expected}.'], 'zh-CN': ['「{value}」不适用。', '请选择{expected}。'] },
  ORIGIN_FOREIGN: {
    en: ['The request comes from another site.', 'Send it from the app itself, or with a token.'],
    'zh-CN': ['请求来自其他站点。', '请在应用内操作，或使用令牌。'],
  },
} as const
