/** The draw: one number for each member, which nobody can know before the seed or change after it. */
import { createHmac } from 'node:crypto'
import { byText, type Member } from './round.ts'

/** A member's number: HMAC-SHA-256, key the seed, message the round's id, a line feed and the member's id; hexadecimal. */
export const lotteryNumber = (seed: string, round: string, member: string): string =>
  createHmac('sha256', seed).update(`${round}\n${member}`).digest('hex')

/** Members in order of priority: by band, then number, then id; each entry is a position in `members`. */
export function priorityOrder(
  members: readonly Pick<Member, 'id' | 'band'>[],
  numbers: readonly string[],
): Uint32Array {
  const heads = Float64Array.from(numbers, (number) => Number.parseInt(number.slice(0, 12), 16))
  const bands = Float64Array.from(members, ({ band }) => band)
  return Uint32Array.from(members, (_, i) => i).sort(
    (a, b) =>
      bands[a]! - bands[b]! ||
      heads[a]! - heads[b]! ||
      byText(numbers[a]!, numbers[b]!) ||
      byText(members[a]!.id, members[b]!.id),
  )
}
