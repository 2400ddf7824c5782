/** What differs between two versions, field by field and line by line. Rules only. */
import { type CourseText, levelNames, modeNames, strandNames } from '../course.ts'

export interface Line {
  kind: 'same' | 'gone' | 'new'
  text: string
}

export interface FieldDifference {
  label: string
  lines: Line[]
}

/** The fields that differ, each with its lines. Fields that say the same in both are left out. */
export function differencesOf(before: CourseText, after: CourseText): FieldDifference[] {
  const [one, other] = [linesOf(before), linesOf(after)]
  return [...new Set([...one.keys(), ...other.keys()])].flatMap((label) => {
    const lines = lineDifference(one.get(label) ?? [], other.get(label) ?? [])
    return lines.every(({ kind }) => kind === 'same') ? [] : [{ label, lines }]
  })
}

function linesOf(course: CourseText): Map<string, string[]> {
  const text = (said: string | null): string[] => (said ? said.split('\n') : [])
  return new Map([
    ['Title', [course.title]],
    ['Summary', [course.summary]],
    ['Strand', [strandNames[course.strand]]],
    ['Level', [levelNames[course.level]]],
    ['Given', [modeNames[course.mode]]],
    ['Hours', [String(course.hours)]],
    ['For', [course.who]],
    ['You will be able to', course.outcomes],
    ['First take', course.prerequisites],
    ['Leads to', course.leadsTo],
    ['Accredited', text(course.accreditation)],
    ['What you do with it', [course.practice]],
    ['Description', text(course.description)],
    ...course.sessions.map(
      ({ title, minutes, outline }, index) =>
        [`Session ${index + 1}`, [title, `${minutes} minutes`, ...text(outline)]] as [string, string[]],
    ),
  ])
}

/** The fewest lines to take away and to add that lead from one text to another, by their longest common subsequence. */
export function lineDifference(before: readonly string[], after: readonly string[]): Line[] {
  let [start, end] = [0, 0]
  const shorter = Math.min(before.length, after.length)
  while (start < shorter && before[start] === after[start]) start++
  while (end < shorter - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const lines = (texts: readonly string[], kind: Line['kind']): Line[] => texts.map((text) => ({ kind, text }))
  const [gone, fresh] = [before.slice(start, before.length - end), after.slice(start, after.length - end)]
  const middle =
    gone.length * fresh.length > mostCompared ? [...lines(gone, 'gone'), ...lines(fresh, 'new')] : compared(gone, fresh)
  return [...lines(before.slice(0, start), 'same'), ...middle, ...lines(before.slice(before.length - end), 'same')]
}

// beyond this, two texts have little in common that would be worth a second's work
const mostCompared = 1_000_000

function compared(before: readonly string[], after: readonly string[]): Line[] {
  const width = after.length + 1
  // common[i * width + j]: how many lines the texts share from line i and line j on
  const common = new Uint16Array((before.length + 1) * width)
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      common[i * width + j] =
        before[i] === after[j]
          ? common[(i + 1) * width + j + 1]! + 1
          : Math.max(common[(i + 1) * width + j]!, common[i * width + j + 1]!)
  const lines: Line[] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      lines.push({ kind: 'same', text: before[i++]! })
      j++
    } else if (j === after.length || (i < before.length && common[(i + 1) * width + j]! >= common[i * width + j + 1]!))
      lines.push({ kind: 'gone', text: before[i++]! })
    else lines.push({ kind: 'new', text: after[j++]! })
  }
  return lines
}
