import type { Video } from '@/api/courseFiles'

/** What a picture may be called and how large it may be, as the server holds it. */
export const PICTURE_NAME = /^[a-z0-9][a-z0-9-]{0,59}(\.en)?\.(svg|png|jpg)$/
export const MOST_PICTURE_BYTES = 1024 * 1024
export type PictureFault = 'type' | 'large' | 'empty'

/** What is wrong with a file as a picture; null if nothing is. */
export function pictureFault(file: { name: string; size: number }): PictureFault | null {
  if (!/\.(svg|png|jpe?g)$/i.test(file.name)) return 'type'
  if (file.size === 0) return 'empty'
  return file.size > MOST_PICTURE_BYTES ? 'large' : null
}
/** Names a picture so that the server and Markdown take it: "Blind Spot 1.JPEG" is blind-spot-1.jpg; one without a letter of ASCII gets a number. */
export function pictureName(fileName: string, there: readonly string[]): string {
  const dot = fileName.lastIndexOf('.')
  const ending = fileName
    .slice(dot + 1)
    .toLowerCase()
    .replace('jpeg', 'jpg')
  const english = /\.en$/i.test(fileName.slice(0, dot)) ? '.en' : ''
  const bare = fileName
    .slice(0, dot - english.length)
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 60)
    .replace(/-+$/, '')
  if (bare) return `${bare}${english}.${ending}`
  let n = 1
  while (there.some((name) => name.startsWith(`picture-${n}.`))) n++
  return `picture-${n}${english}.${ending}`
}
/** Markdown of a picture; its description is read aloud. */
export const pictureMarkdown = (name: string, description: string): string => `![${description}](${name})`
/** A video of which the server has the beginning, if this is the same file again. */
export const begunBefore = (file: { name: string; size: number }, videos: readonly Video[]): Video | null =>
  videos.find((one) => !one.complete && one.name === file.name && one.size === file.size) ?? null
/** 12.4 of bytes, as megabytes. */
export const megabytes = (bytes: number): number => Math.round((bytes / 1024 / 1024) * 10) / 10
