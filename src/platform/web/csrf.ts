/** Proof that a form came from one of our pages: the origin, and a token tied to the browser's cookie. */
import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** A token for one page, different each time, so that compression tells nothing of it. */
export function tokenFor(secret: string, cookie: string): string {
  const salt = randomBytes(9).toString('base64url')
  return `${salt}.${sign(secret, cookie, salt)}`
}

/** Whether a token was made for the browser that holds this cookie. */
export function tokenFits(secret: string, cookie: string | undefined, token: unknown): boolean {
  if (!cookie || typeof token !== 'string') return false
  const [salt, signature] = token.split('.')
  if (!salt || !signature) return false
  const [said, meant] = [Buffer.from(signature), Buffer.from(sign(secret, cookie, salt))]
  return said.length === meant.length && timingSafeEqual(said, meant)
}

/** Whether the browser says that a write comes from our own pages. One too old to say so is held to the token alone. */
export function sameOrigin(headers: Record<string, string | string[] | undefined>, address: string): boolean {
  const site = headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return false
  const { origin } = headers
  return origin === undefined || origin === new URL(address).origin || origin === `http://${String(headers['host'])}`
}

const sign = (secret: string, cookie: string, salt: string): string =>
  createHmac('sha256', secret).update(`form\n${salt}\n${cookie}`).digest('base64url')
