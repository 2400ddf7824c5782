/** The body of a course file: a description, then sessions, each under a heading with its minutes. */
import type { CatalogueSession } from './course.ts'

export interface BodyFault {
  line: number
  message: string
}

export interface Body {
  description: string
  sessions: CatalogueSession[]
  faults: BodyFault[]
}

/** Reads the lines below the front matter; `startsOn` is the line of the file on which they start. */
export function readBody(lines: readonly string[], startsOn: number): Body {
  const [opening, ...parts] = partsOf(lines, startsOn)
  const description = (opening?.lines ?? []).join('\n').trim()
  const faults: BodyFault[] = []
  if (description === '') faults.push({ line: startsOn, message: 'there is no description before the first session' })
  if (description.length > 3000)
    faults.push({ line: startsOn, message: 'the description is longer than 3,000 characters' })
  if (parts.length === 0) faults.push({ line: startsOn, message: 'there are no sessions (## Title)' })
  if (parts.length > mostSessions)
    faults.push({ line: startsOn, message: `there are more than ${mostSessions} sessions` })
  const sessions = parts.slice(0, mostSessions).map((part) => readSession(part, faults))
  return { description, sessions, faults }
}

const mostSessions = 30

interface Part {
  title: string
  line: number
  lines: string[]
}

/** What stands before the first heading of the second level, then each such heading with what is under it. */
function partsOf(lines: readonly string[], startsOn: number): Part[] {
  const parts: Part[] = [{ title: '', line: startsOn, lines: [] }]
  let fence: string | null = null
  lines.forEach((line, i) => {
    const mark = /^ {0,3}(`{3,}|~{3,})/.exec(line)?.[1]
    if (fence === null && mark !== undefined) fence = mark
    else if (fence !== null && mark?.startsWith(fence) === true && line.trim() === mark) fence = null
    const title = fence === null ? /^## +(.*)$/.exec(line)?.[1]?.trim() : undefined
    if (title === undefined) parts.at(-1)?.lines.push(line)
    else parts.push({ title, line: startsOn + i, lines: [] })
  })
  return parts
}

function readSession({ title, line, lines }: Part, faults: BodyFault[]): CatalogueSession {
  const fault = (message: string, at = line) => void faults.push({ line: at, message })
  if (title === '') fault('the session has no title')
  if (title.length > 100) fault('the title of the session is longer than 100 characters')

  const first = lines.findIndex((text) => text.trim() !== '')
  const minutes = Number(/^([1-9]\d{0,2}) minutes$/.exec(lines[first]?.trim() ?? '')?.[1] ?? 0)
  if (minutes === 0)
    fault('the session needs a line such as “90 minutes” under its title', line + Math.max(first, 0) + 1)
  if (minutes > 480) fault('a session is 480 minutes at most', line + first + 1)

  const outline = lines.slice(first + 1)
  const said = outline.filter((text) => text.trim() !== '').length
  if (said < 3 || said > 8) fault(`the outline of a session is 3 to 8 lines, and this has ${said}`)
  return { title, minutes, outline: outline.join('\n').trim() }
}
