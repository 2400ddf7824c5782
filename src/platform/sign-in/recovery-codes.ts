/** Recovery codes: for when the device that shows codes is lost. Each is good once. */
import { unguessable } from '#core/random'

// no i, l, o or u, which are easily misread or make words
const letters = '0123456789abcdefghjkmnpqrstvwxyz'

/** Ten new codes such as k7m2q-x9d4p. */
export const recoveryCodes = (): string[] =>
  Array.from({ length: 10 }, () => {
    const code = [...Buffer.from(unguessable(), 'base64url').subarray(0, 10)].map((byte) => letters[byte % 32]).join('')
    return `${code.slice(0, 5)}-${code.slice(5)}`
  })

/** A code as it was made, however it was typed; undefined where it cannot be one. */
export function recoveryCodeIn(typed: string): string | undefined {
  const code = typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replace(/[il]/g, '1')
    .replace(/o/g, '0')
  return code.length === 10 ? `${code.slice(0, 5)}-${code.slice(5)}` : undefined
}
