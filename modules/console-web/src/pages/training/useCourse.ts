import { watch, type Ref } from 'vue'
import { course } from '@/api/courses'
import { useAnswer } from '@/app/answer'

/** The course that the address of a page names, asked for anew where it names another one; none while the number is null. */
export function useCourse(id: Readonly<Ref<number | null>>) {
  const found = useAnswer(async () => (id.value === null ? null : course(id.value)))
  watch(
    id,
    () => {
      found.answer.value = null
      void found.load()
    },
    { immediate: true },
  )
  return found
}
