/** Bank holidays of the four nations by the rules that set them. A day proclaimed for one year alone is not known here. */
import { addDays, type Day, weekdayOf } from '#core/days'

export type Nation = 'England' | 'Wales' | 'Scotland' | 'Northern Ireland'

export interface BankHoliday {
  day: Day
  name: string
}

/** A nation by its name; England, whose days Wales shares, where it is none of the four. */
export const nationNamed = (name: string | null | undefined): Nation =>
  name === 'Wales' || name === 'Scotland' || name === 'Northern Ireland' ? name : 'England'

/** The bank holidays from one day to another, both included, in order; one that falls on a weekend and its substitute too. */
export function bankHolidays(nation: Nation, from: Day, to: Day): BankHoliday[] {
  const years = Array.from({ length: yearOf(to) - yearOf(from) + 1 }, (_, n) => yearOf(from) + n)
  return years.flatMap((year) => inYear(nation, year)).filter(({ day }) => day >= from && day <= to)
}

function inYear(nation: Nation, year: number): BankHoliday[] {
  const easter = easterSunday(year)
  const on = (monthAndDay: string): Day => `${year}-${monthAndDay}`
  const scotland = nation === 'Scotland'
  const ireland = nation === 'Northern Ireland'
  const days: (BankHoliday | false)[] = [
    { day: on('01-01'), name: 'New Year’s Day' },
    scotland && { day: on('01-02'), name: '2 January' },
    ireland && { day: on('03-17'), name: 'St Patrick’s Day' },
    { day: addDays(easter, -2), name: 'Good Friday' },
    !scotland && { day: addDays(easter, 1), name: 'Easter Monday' },
    { day: mondayFrom(on('05-01')), name: 'the early May bank holiday' },
    { day: mondayFrom(on('05-25')), name: 'the spring bank holiday' },
    ireland && { day: on('07-12'), name: 'the Battle of the Boyne' },
    { day: mondayFrom(on(scotland ? '08-01' : '08-25')), name: 'the summer bank holiday' },
    scotland && { day: on('11-30'), name: 'St Andrew’s Day' },
    { day: on('12-25'), name: 'Christmas Day' },
    { day: on('12-26'), name: 'Boxing Day' },
  ]
  return withSubstitutes(days.filter((day) => day !== false))
}

/** A holiday on a weekend is kept on the next weekday that is not one already. */
function withSubstitutes(days: readonly BankHoliday[]): BankHoliday[] {
  const taken = new Set(days.map(({ day }) => day))
  const substitutes = days
    .filter(({ day }) => weekdayOf(day) > 4)
    .map(({ day, name }) => {
      let next = addDays(day, 1)
      while (weekdayOf(next) > 4 || taken.has(next)) next = addDays(next, 1)
      taken.add(next)
      return { day: next, name: `the substitute day for ${name}` }
    })
  return [...days, ...substitutes].toSorted((one, other) => (one.day < other.day ? -1 : 1))
}

/** The first Monday on or after a day. */
const mondayFrom = (day: Day): Day => addDays(day, (7 - weekdayOf(day)) % 7)

const yearOf = (day: Day): number => Number(day.slice(0, 4))

/** Easter Sunday of the Gregorian calendar (the anonymous algorithm, as in Meeus, Astronomical Algorithms, chapter 8). */
function easterSunday(year: number): Day {
  const [a, b, c] = [year % 19, Math.floor(year / 100), year % 100]
  const [d, e] = [Math.floor(b / 4), b % 4]
  const g = Math.floor((8 * b + 13) / 25)
  const h = (19 * a + b - d - g + 15) % 30
  const [i, k] = [Math.floor(c / 4), c % 4]
  const l = (32 + 2 * e + 2 * i - h - k) % 7
  const m = Math.floor((a + 11 * h + 19 * l) / 433)
  const month = Math.floor((h + l - 7 * m + 90) / 25)
  const day = (h + l - 7 * m + 33 * month + 19) % 32
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
