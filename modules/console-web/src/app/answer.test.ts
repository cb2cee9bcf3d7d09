import { expect, test } from 'vitest'
import { useAnswer } from './answer'

const away = new Error('away')
/** Answers what it is told, one question after the other. */
const server = (...answers: (number | Error)[]) => {
  return async () => {
    const next = answers.shift()!
    if (next instanceof Error) throw next
    return next
  }
}

test('what was answered stays while it is asked for again, and when that fails', async () => {
  const { answer, failure, load } = useAnswer(server(1, away, 2))
  await load()
  expect([answer.value, failure.value]).toEqual([1, null])
  await load()
  expect([answer.value, failure.value]).toEqual([1, away])
  await load()
  expect([answer.value, failure.value]).toEqual([2, null])
})

test('a failure goes as soon as it is asked again, or stands until the answer', async () => {
  const page = useAnswer(server(away, 1))
  const pane = useAnswer(server(away, 1), 'untilAnswered')
  await Promise.all([page.load(), pane.load()])
  const again = [page.load(), pane.load()]
  expect([page.failure.value, pane.failure.value]).toEqual([null, away])
  await Promise.all(again)
  expect([page.failure.value, pane.failure.value]).toEqual([null, null])
})
