/** 渝B12345 → 渝B·12345. What is not a mainland plate is left as it is. */
export function plateLabel(plate: string | null | undefined): string {
  if (!plate) return '—'
  const match = /^(\p{Script=Han}[A-Z])[·.\s-]?([0-9A-Z\p{Script=Han}]{4,6})$/u.exec(plate)
  return match ? `${match[1]}·${match[2]}` : plate
}
/** Plates are compared without the dot and in capitals. */
export const plateKey = (plate: string): string => plate.replace(/[·.\s-]/g, '').toUpperCase()

/** 41,026; a minus is U+2212. */
export function count(n: number): string {
  return Math.round(n).toLocaleString('en-US').replace('-', '−')
}
export function decimal(n: number, digits: number): string {
  return n.toLocaleString('en-US', { minimumFractionDigits: digits, maximumFractionDigits: digits }).replace('-', '−')
}
