/** The marks of a register, and what changes when one is kept. Rules only: no database, no clock. */

export const marks = ['present', 'late', 'absent', 'apologies'] as const
export type Mark = (typeof marks)[number]

/** The marks as people say them. */
export const markNames: Readonly<Record<Mark, string>> = {
  present: 'Present',
  late: 'Late',
  absent: 'Absent',
  apologies: 'Apologies',
}

/** What a trainer's page sent: the mark of each person, and the one that the page showed before. */
export interface Said {
  marks: Readonly<Record<string, Mark>>
  was: Readonly<Record<string, Mark | ''>>
}

export interface Change {
  person: string
  was: Mark | null
  now: Mark
}

/**
 * What is to be changed. A mark that the page showed already was not this trainer's doing, so it does not undo what another has
 * noted meanwhile; one that they did choose stands over whatever was there.
 */
export function changesIn(
  current: ReadonlyMap<string, Mark | null>,
  { marks: said, was }: Said,
  { everyone = false } = {},
): Change[] {
  return [...current].flatMap(([person, before]) => {
    const chosen = said[person]
    const untouched = chosen === undefined || chosen === was[person]
    if (untouched) return everyone && before === null ? [{ person, was: null, now: 'present' as const }] : []
    return chosen === before ? [] : [{ person, was: before, now: chosen }]
  })
}

/** "Amina Farooq, Bela Kovacs and 3 others" */
export function sayNames(names: readonly string[], most = 3): string {
  const shown = names.length > most + 1 ? names.slice(0, most) : names
  const others = names.length - shown.length
  const all = others > 0 ? [...shown, `${others} others`] : shown
  return all.length === 1 ? all[0]! : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`
}
