import type { NewQuestion, QuestionKind, QuestionText } from '@/api/courses'

export type QuestionFault = 'code' | 'stem' | 'options' | 'twice' | 'single' | 'multiple' | 'all' | 'two'
export const FEWEST_OPTIONS = 2
export const MOST_OPTIONS = 8

export const blank = (): NewQuestion => ({
  code: '',
  lesson_id: null,
  kind: 'single',
  difficulty: 'medium',
  stem: '',
  stem_en: null,
  options: Array.from({ length: 4 }, () => ({ text: '', text_en: null, right: false })),
  explanation: '',
  explanation_en: null,
  clause: '',
  clause_en: null,
  effective: null,
})
/** A copy to be typed in, without what is not text of it. */
export function copyOf(one: NewQuestion): NewQuestion {
  const {
    code,
    lesson_id,
    kind,
    difficulty,
    stem,
    stem_en,
    explanation,
    explanation_en,
    clause,
    clause_en,
    effective,
  } = one
  return {
    code,
    lesson_id,
    kind,
    difficulty,
    stem,
    stem_en,
    options: one.options.map(({ text, text_en, right }) => ({ text, text_en, right })),
    explanation,
    explanation_en,
    clause,
    clause_en,
    effective,
  }
}
/** Right or wrong has two answers, a choice between one and another has one. */
export function turnTo(question: QuestionText, kind: QuestionKind): void {
  question.kind = kind
  if (kind === 'true_false') question.options.splice(FEWEST_OPTIONS)
  if (kind === 'multiple') return
  let seen = false
  for (const option of question.options) {
    option.right = option.right && !seen
    seen ||= option.right
  }
}
/** The one rule why nobody could answer or mark it; null if there is none. */
export function faultOf(question: NewQuestion): QuestionFault | null {
  if (!question.code.trim()) return 'code'
  if (!question.stem.trim()) return 'stem'
  const texts = question.options.map((one) => one.text.trim())
  if (texts.length < FEWEST_OPTIONS || texts.some((one) => !one)) return 'options'
  if (new Set(texts).size < texts.length) return 'twice'
  const right = question.options.filter((one) => one.right).length
  switch (question.kind) {
    case 'single':
      return right === 1 ? null : 'single'
    case 'multiple':
      return right < 2 ? 'multiple' : right === texts.length ? 'all' : null
    case 'true_false':
      return texts.length === 2 && right === 1 ? null : 'two'
  }
}
/** As it is sent: without spaces around it, and nothing where nothing was written. */
export function sent(question: NewQuestion): NewQuestion {
  const maybe = (text: string | null) => text?.trim() || null
  return {
    ...question,
    code: question.code.trim(),
    stem: question.stem.trim(),
    stem_en: maybe(question.stem_en),
    options: question.options.map((one) => ({ ...one, text: one.text.trim(), text_en: maybe(one.text_en) })),
    explanation: question.explanation.trim(),
    explanation_en: maybe(question.explanation_en),
    clause: question.clause.trim(),
    clause_en: maybe(question.clause_en),
  }
}
