export type Cell = string | number | null
/** Marks that the file is UTF-8, for spreadsheets. */
const BOM = '\uFEFF'

const BELOW_ZERO = /^-\d+([.]\d+)?$/
const runs = (text: string): boolean => /^[=+\-@\t\r]/.test(text) && !BELOW_ZERO.test(text)
/** A spreadsheet runs what begins like a formula: such a text gets an apostrophe. */
function cell(value: Cell): string {
  if (value === null) return ''
  const text = typeof value === 'string' && runs(value) ? `'${value}` : String(value)
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}
export const tableText = (rows: readonly (readonly Cell[])[]): string =>
  BOM + rows.map((row) => `${row.map(cell).join(',')}\r\n`).join('')

/** Saves what a page shows as a table. */
export function saveTable(name: string, rows: readonly (readonly Cell[])[]): void {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(new Blob([tableText(rows)], { type: 'text/csv;charset=utf-8' }))
  link.download = name
  link.click()
  // The browser has taken the file over once the click is done.
  setTimeout(() => URL.revokeObjectURL(link.href), 0)
}
