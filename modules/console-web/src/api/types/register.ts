import type { Page } from './page'

export interface RegisterColumn {
  key: string
  title: string
  required: boolean
  shown: boolean
  emptiable: boolean
  choices: { value: string; label: string }[] | null
}
export interface RegisterEntry {
  id: number
  subject: string
  values: Record<string, string>
}
export interface RegisterLines extends Page<RegisterEntry> {
  columns: RegisterColumn[]
  retirable: boolean
}
export interface FieldChange {
  column: string
  before: string | null
  after: string | null
}
export interface RegisterFate {
  outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  changes: FieldChange[]
  faults: { field: string; why: string; todo: string }[]
}
export interface RegisterChange {
  id: number
  at: string
  who: { id: number; username: string | null; display_name: string | null }
  table: string
  subject: string
  outcome: 'created' | 'changed' | 'retired'
  changes: FieldChange[]
  import_id: string | null
}
/** A table that was sent for the register. */
export interface RegisterImport {
  id: string
  file_name: string
  created_at: string
  expires_at: string
  created_by: { id: number; username: string | null; display_name: string | null }
  lines: { created: number; changed: number; unchanged: number; wrong: number }
  state: 'wrong' | 'ready' | 'applied' | 'discarded' | 'expired'
  settled_at: string | null
}
export interface ImportLine {
  table: string | null
  sheet: string
  line: number
  name: string
  outcome: 'created' | 'changed' | 'unchanged' | 'refused'
  changes: { column: string; before: string | null; after: string | null }[]
  faults: { column: string; value: string | null; why: string; todo: string }[]
}
