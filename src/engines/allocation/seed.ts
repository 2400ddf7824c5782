/** Where the seed comes from: everyone's applications, and something nobody could know before they closed. */
import { createHash } from 'node:crypto'
import { canonicalList, digestOf, sha256 } from './canonical.ts'
import { byText, Unusable, type Member } from './round.ts'

/** What a public beacon gave in the round announced at closing. `randomness` and `signature` are hexadecimal. */
export interface Beacon {
  network: string
  round: number
  randomness: string
  signature?: string
}

/** An officer's commitment: the SHA-256 of a nonce, published before closing, and the nonce; null if never revealed. */
export interface Commitment {
  digest: string
  nonce: string | null
}

export type SeedParts = { beacon: Beacon } | { nonces: readonly Commitment[] }

/** The canonical roll: all applications in order of pseudonym, traits in order, as canonical JSON; in pieces. */
export const canonicalRoll = (members: readonly Member[]): Iterable<string> =>
  canonicalList(
    [...members]
      .sort((a, b) => byText(a.id, b.id))
      .map(({ id, band, traits, preferences }) => ({ id, band, traits: [...traits].sort(byText), preferences })),
  )

/** The SHA-256 of the canonical roll, which does not depend on the order of members or of their traits. */
export const rollDigest = (members: readonly Member[]): string => digestOf(canonicalRoll(members))

/**
 * The seed: SHA-256 of the roll digest followed by the beacon's randomness, or by the revealed nonces in order of their
 * digests; everything as text, with nothing between. Throws `Unusable` if a part does not fit its proof.
 */
export function seedFrom(rollDigest: string, parts: SeedParts): string {
  if (!isDigest(rollDigest)) throw new Unusable('the roll digest is not 64 lower-case hexadecimal digits')
  return sha256(rollDigest + ('beacon' in parts ? randomnessOf(parts.beacon) : noncesOf(parts.nonces)))
}

/** What an officer publishes before closing: the SHA-256 of their nonce (any text no one can guess). */
export const commitmentTo = (nonce: string): string => sha256(nonce)

function randomnessOf({ randomness, signature }: Beacon): string {
  if (!isDigest(randomness)) throw new Unusable('the beacon’s randomness is not 64 lower-case hexadecimal digits')
  if (signature === undefined) return randomness
  if (!/^([0-9a-f]{2})+$/.test(signature)) throw new Unusable('the beacon’s signature is not lower-case hexadecimal')
  if (createHash('sha256').update(signature, 'hex').digest('hex') !== randomness)
    throw new Unusable('the beacon’s randomness is not the SHA-256 of its signature')
  return randomness
}

function noncesOf(commitments: readonly Commitment[]): string {
  for (const { digest } of commitments)
    if (!isDigest(digest)) throw new Unusable('a commitment’s digest is not 64 lower-case hexadecimal digits')
  if (new Set(commitments.map(({ digest }) => digest)).size < commitments.length)
    throw new Unusable('two officers committed to the same nonce')
  const revealed = commitments.filter(({ nonce }) => nonce !== null)
  for (const { digest, nonce } of revealed)
    if (sha256(nonce!) !== digest) throw new Unusable(`the nonce revealed for the digest ${digest} has another digest`)
  if (revealed.length === 0) throw new Unusable('no officer revealed a nonce')
  return revealed
    .sort((a, b) => byText(a.digest, b.digest))
    .map(({ nonce }) => nonce)
    .join('')
}

const isDigest = (text: string): boolean => /^[0-9a-f]{64}$/.test(text)
