/** The book of printed documents. */
import { get } from './client'

export interface IssuedDocument {
  number: string
  kind: 'evidence' | 'monthly' | 'ledger'
  company_id: number
  company: string | null
  /** alarm:<id>, company:<id>:<month> */
  subject: string
  language: string
  sha256: string
  issued_at: string
  issued_by: string | null
  /** Whether the kept content still gives the sum. */
  sum_holds: boolean
  /** Null for who may not read drivers' names. */
  content: unknown
}
/** How a number looks, such as EC-20261122-17. */
export const DOCUMENT_NUMBER = /^(EC|MR|TL)-\d{8}-\d{1,18}$/
export const issuedDocument = (number: string, signal?: AbortSignal) =>
  get<IssuedDocument>(`/api/v1/documents/${encodeURIComponent(number)}`, {}, signal)
