import { setBearer } from '@/api/client'

/** What every token of a big screen begins with. */
const SHAPE = /^#(hwk_[A-Za-z0-9_-]{43})$/
const KEPT = 'haulwatch.kiosk'
/** The protocol that the server speaks; a token goes along beside it, because browsers add no header to a WebSocket. */
const PROTOCOL = 'haulwatch-wall'

let token = ''

function stored(): string {
  try {
    return sessionStorage.getItem(KEPT) ?? ''
  } catch {
    return ''
  }
}

/**
 * Takes the token of a big screen out of its address, so that it does not stand there for everybody to read. It is kept as long as the window,
 * so that loading anew goes on; nothing of it goes to the server but with each question.
 *
 * @returns whether this window is a big screen
 */
export function takeKiosk(hash: string): boolean {
  const said = SHAPE.exec(hash)?.[1]
  token = said ?? stored()
  if (said) {
    try {
      sessionStorage.setItem(KEPT, said)
    } catch {
      // Storage may be forbidden: the token then lasts as long as the page.
    }
  }
  setBearer(token)
  return token !== ''
}
/** The window is somebody's again, who signs in. */
export function leaveKiosk(): void {
  if (!token) return
  token = ''
  setBearer('')
  try {
    sessionStorage.removeItem(KEPT)
  } catch {
    // Then nothing was kept either.
  }
}
export const isKiosk = (): boolean => token !== ''
export const socketProtocols = (): string[] => (token ? [PROTOCOL, token] : [])
