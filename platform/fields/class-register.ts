import {
  addressClass,
  booleanClass,
  choiceClass,
  choicesClass,
  dateClass,
  dateTimeClass,
  decimalClass,
  durationClass,
  geoPointClass,
  idClass,
  integerClass,
  jsonClass,
  longTextClass,
  personNameClass,
  textClass,
  timeClass,
} from './classes.js'
import { fileClass, filesClass } from './file-classes.js'
import { richTextClass } from './rich-text.js'

/** Every class, by name. */
export const valueClasses = {
  text: textClass,
  longText: longTextClass,
  integer: integerClass,
  decimal: decimalClass,
  boolean: booleanClass,
  date: dateClass,
  dateTime: dateTimeClass,
  time: timeClass,
  duration: durationClass,
  choice: choiceClass,
  choices: choicesClass,
  id: idClass,
  json: jsonClass,
  personName: personNameClass,
  address: addressClass,
  geoPoint: geoPointClass,
  file: fileClass,
  files: filesClass,
  richText: richTextClass,
}
