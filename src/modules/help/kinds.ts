/** What can be helped with, and how it is said. Rules only. */

export const kinds = ['bursary', 'childcare', 'travel', 'interpreter', 'quiet room'] as const
export type Kind = (typeof kinds)[number]

export const kindNames: Record<Kind, string> = {
  bursary: 'Bursary',
  childcare: 'Childcare',
  travel: 'Travel',
  interpreter: 'Interpreter',
  'quiet room': 'Quiet room',
}

/** What each is, for someone who has not heard of it. */
export const kindHints: Record<Kind, string> = {
  bursary: 'Money towards what it costs you to come, such as pay that you lose.',
  childcare: 'Someone to look after children or others you care for while you are there.',
  travel: 'Fares, fuel or a taxi, to the sessions and home.',
  interpreter: 'British Sign Language, or another language.',
  'quiet room': 'A room to rest in, or to go out to.',
}

/** How a kind stands in an address: quiet-room. */
export const slugOf = (kind: Kind): string => kind.replace(' ', '-')
export const kindIn = (slug: string): Kind | undefined => kinds.find((kind) => slugOf(kind) === slug)

/** A rule of an academy: what it gives for one kind of help. */
export interface Rule {
  kind: Kind
  offered: boolean
  most: number
  byRule: number
  says: string
}

export type State = 'asked' | 'half decided' | 'awarded' | 'refused' | 'withdrawn' | 'ended' | 'paid' | 'receipted'
