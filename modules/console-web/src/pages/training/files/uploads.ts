import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import { ApiError } from '@/api/client'
import { beginVideo, removeVideo, sendPiece, videoState, type Video } from '@/api/courseFiles'
import { Upload, type Clock, type Progress, type Wire } from './upload'

/** A video on its way. */
export interface Sending {
  key: number
  course: number
  name: string
  progress: Progress
}

const clock: Clock = {
  now: () => Date.now(),
  wait: (ms, signal) =>
    new Promise((over) => {
      const timer = setTimeout(over, ms)
      signal.addEventListener('abort', () => {
        clearTimeout(timer)
        over()
      })
    }),
}
const wireOf = (course: number): Wire => ({
  begin: (name, size) => beginVideo(course, name, size),
  look: videoState,
  piece: sendPiece,
})

/** Videos go on being sent while their author writes on another page of the console; a reload cuts them off, and the same file goes on where it was. */
export const useUploads = defineStore('uploads', () => {
  const sending = shallowRef<readonly Sending[]>([])
  /** Grows with each video that is through or given up, so that lists are asked for again. */
  const settled = ref(0)
  const uploads = new Map<number, Upload>()
  let keys = 0

  const of = (course: number) => sending.value.filter((one) => one.course === course)
  /** @param begun a video of the server's list that is not complete, with the same name and size */
  function start(course: number, file: File, begun: Video | null): void {
    const key = ++keys
    const told = (progress: Progress) => {
      if (!uploads.has(key)) return
      sending.value = sending.value.map((one) => (one.key === key ? { ...one, progress } : one))
    }
    const upload = new Upload(file, wireOf(course), clock, told, begun?.id ?? null)
    uploads.set(key, upload)
    sending.value = [...sending.value, { key, course, name: file.name, progress: upload.progress }]
    go(key)
  }
  function go(key: number): void {
    const upload = uploads.get(key)
    void upload?.go().then(() => {
      if (upload.progress.stage !== 'done') return
      forget(key)
      settled.value++
    })
  }
  const pause = (key: number) => uploads.get(key)?.pause()
  function forget(key: number): void {
    uploads.delete(key)
    sending.value = sending.value.filter((one) => one.key !== key)
  }
  /** Gives a video up: what has arrived of it is removed. Throws when the server could not be told. */
  async function cancel(key: number): Promise<void> {
    const upload = uploads.get(key)
    if (!upload) return
    upload.pause()
    const id = upload.progress.id
    // What the server has forgotten already is as good as removed.
    if (id !== null)
      await removeVideo(id).catch((cause: unknown) => {
        if (!(cause instanceof ApiError && cause.status === 404)) throw cause
      })
    forget(key)
    settled.value++
  }
  return { sending, settled, of, start, go, pause, cancel }
})
