import type { Kept } from './offline/kept'

/** Letters that a server may keep as they are. */
export function randomName(length: number): string {
  const bytes = new Uint8Array(length)
  crypto.getRandomValues(bytes)
  return Array.from(bytes, (b) => 'abcdefghijklmnopqrstuvwxyz012345'.charAt(b & 31)).join('')
}
/** Tells this phone from another one that the same driver uses in an exam; says nothing about the phone. */
export const deviceName = (store: Kept): Promise<string> =>
  store.change<string>('device', (before) => before ?? randomName(24))
