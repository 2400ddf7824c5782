/** What someone looks for in the catalogue, as the address says it. Rules only. */
import { levels, strands } from './catalogue/course.ts'
import { type CourseLevel, levelNames, type Strand, strandNames } from './course.ts'

export interface Wanted {
  /** What was typed, and the words of it that say something. */
  q: string
  terms: string[]
  strands: Strand[]
  level: CourseLevel | undefined
  /** Only runs in a place near enough, only runs online; both or neither means any. */
  near: boolean
  online: boolean
  /** Where to be near to: as typed, or undefined where nothing was said, so that a member's own area counts. */
  place: string | undefined
}

/** Reads the address; what it does not understand it leaves out. */
export function wantedIn(query: URLSearchParams): Wanted {
  const q = saidIn(query, 'q', longestSearch) ?? ''
  const modes = query.getAll('mode')
  const [near, online] = [modes.includes('near'), modes.includes('online')]
  return {
    q,
    terms: termsIn(q),
    strands: strands.filter((strand) => query.getAll('strand').includes(strand)),
    level: levels.find((level) => level === query.get('level')),
    near: near && !online,
    online: online && !near,
    place: placeIn(query),
  }
}

/** Where to be near to, as the address says it; undefined where it says nothing. */
export const placeIn = (query: URLSearchParams): string | undefined => saidIn(query, 'near', 80)

const saidIn = (query: URLSearchParams, name: string, most: number): string | undefined =>
  query
    .get(name)
    ?.replace(/\p{Cc}+/gu, ' ')
    .trim()
    .slice(0, most)

const longestSearch = 200
const mostTerms = 8

/** The words of a search in plain small letters, without those that say nothing; all of them, where none says anything. */
export function termsIn(q: string): string[] {
  const words = q
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .map((word) => word.slice(0, 40))
    .filter((word) => word.length > 1)
  const telling = words.filter((word) => !empty.has(word))
  return [...new Set(telling.length > 0 ? telling : words)].slice(0, mostTerms)
}

const empty = new Set(
  'a about an and are at be by can course courses do for from get go help how i in into is it learn learning me my near of on or our people some teach that the them they this to train training want we what when where which who why will with you your'.split(
    ' ',
  ),
)

/** What was asked for, in words: "Organising, online, nearest to Ashfield first". */
export function sayWanted({ q, strands, level, near, online }: Wanted, place: string | undefined): string {
  const order = q ? 'best match first' : place ? `nearest to ${place} first` : 'soonest first'
  const parts = [
    strands.length === allStrands ? '' : strands.map((strand) => strandNames[strand]).join(' or '),
    level === undefined ? '' : levelNames[level].toLowerCase(),
    online ? 'online' : near ? 'in person' : '',
    order,
  ].filter((part) => part !== '')
  const said = parts.join(', ')
  return said.charAt(0).toUpperCase() + said.slice(1)
}

const allStrands = Object.keys(strandNames).length
