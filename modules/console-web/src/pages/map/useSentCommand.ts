import { computed, onBeforeUnmount, ref, shallowRef } from 'vue'
import * as calls from '@/api/calls'
import type { Command } from '@/api/types'
import { useText } from '@/app/text'
import { failureText } from '@/format/failure'

const POLL_MS = 1500

/** Sends a command and follows what really becomes of it; `changed` is called whenever the truck's list of commands has. */
export function useSentCommand(changed: () => void) {
  const { t } = useText()
  const busy = ref(false)
  const failure = ref('')
  const sent = shallowRef<Command | null>(null)
  const pending = computed(() => sent.value?.state === 'queued' || sent.value?.state === 'sent')
  let timer: ReturnType<typeof setTimeout> | undefined
  let gone = false
  onBeforeUnmount(() => {
    gone = true
    clearTimeout(timer)
  })

  function follow(): void {
    clearTimeout(timer)
    timer = setTimeout(async () => {
      if (!sent.value) return
      try {
        sent.value = await calls.command(sent.value.id)
      } catch {
        // Asked again: the state in the database is what counts.
      }
      // Whoever closed the dialog while this was asked asks no more.
      if (gone) return
      if (pending.value) follow()
      else changed()
    }, POLL_MS)
  }
  async function send(how: () => Promise<Command>): Promise<void> {
    busy.value = true
    failure.value = ''
    try {
      sent.value = await how()
      changed()
      follow()
    } catch (cause) {
      failure.value = failureText(t, cause)
    } finally {
      busy.value = false
    }
  }
  return { busy, failure, sent, pending, send }
}
