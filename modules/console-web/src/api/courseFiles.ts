/** Pictures and videos of a course. */
import { get, post, request, upload } from './client'

export interface Picture {
  name: string
  bytes: number
  made_at: string
  /** Whether a lesson shows it. */
  used: boolean
}
export interface Video {
  id: string
  name: string
  size: number
  /** Bytes that are there; all of them once it is complete. */
  received: number
  complete: boolean
  type: string | null
  made_at: string
}
/** How much of a video is there. */
export interface Arrived {
  id: string
  received: number
  size: number
  complete?: boolean
  /** The most that is taken at once. */
  piece_bytes?: number
}

const v1 = '/api/v1'
export const pictureAddress = (course: number, name: string) => `${v1}/course-pictures/${course}/${name}`
export const videoAddress = (id: string) => `${v1}/course-videos/${id}/content`
export const pictures = async (course: number) =>
  (await get<{ pictures: Picture[] }>(`${v1}/courses/${course}/pictures`)).pictures
export const putPicture = (course: number, name: string, file: Blob, signal: AbortSignal) =>
  upload<unknown>(`${v1}/courses/${course}/pictures/${name}`, file, signal, 'PUT')
export const removePicture = (course: number, name: string) =>
  request<unknown>('DELETE', `${v1}/courses/${course}/pictures/${name}`)
export const videos = async (course: number) =>
  (await get<{ videos: Video[] }>(`${v1}/courses/${course}/videos`)).videos
export const beginVideo = (course: number, name: string, size: number) =>
  post<Arrived>(`${v1}/courses/${course}/videos`, { name, size })
export const videoState = (id: string) => get<Arrived>(`${v1}/course-videos/${id}`)
export const sendPiece = (id: string, offset: number, piece: Blob, signal: AbortSignal) =>
  upload<Arrived>(`${v1}/course-videos/${id}?offset=${offset}`, piece, signal, 'PATCH')
export const removeVideo = (id: string) => request<unknown>('DELETE', `${v1}/course-videos/${id}`)
