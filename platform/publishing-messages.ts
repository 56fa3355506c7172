/** The texts of issues of previews and of requests that a publish overtook. */
export const publishingTexts = {
  PREVIEW_READS: {
    en: ['This is a preview of a draft: nothing is saved.', 'Leave the preview to work, or publish the draft.'],
    'zh-CN': ['这是草稿预览，不会保存任何内容。', '退出预览后再操作，或发布该草稿。'],
  },
  PREVIEW_NOT_ADDITIVE: {
    en: ['{what} cannot be previewed: {deed}.', 'Check the draft and publish it, or take this change into another draft.'],
    'zh-CN': ['{what}无法预览：{deed}。', '请检查并发布该草稿，或将此更改移到另一个草稿。'],
  },
  PREVIEW_UNREADY: {
    en: ['This draft cannot be shown at present.', 'Ask whoever let you in to it.'],
    'zh-CN': ['该草稿目前无法预览。', '请联系邀请您的人。'],
  },
  MODEL_VERSION_INVALID: {
    en: ['“{said}” is no version of the model.', 'Send the number that an answer has in X-Tessera-Version, or leave it out.'],
    'zh-CN': ['「{said}」不是模型的版本号。', '请填写应答头 X-Tessera-Version 中的数字，或不发送该请求头。'],
  },
  MODEL_CHANGED: {
    en: ['The model has changed from version {known} to {present}.', 'Read it again, and ask for what it has now.'],
    'zh-CN': ['模型已从版本 {known} 变为 {present}。', '请重新读取模型，再按现有内容请求。'],
  },
} as const
