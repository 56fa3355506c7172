import type { Named } from './field.js'
import { fileType } from './file.js'

/** One uploaded picture, or several. */
export const image: Named<'image'> = fileType('image', { en: 'Picture', 'zh-CN': '图片' }, 'photo.jpg')
