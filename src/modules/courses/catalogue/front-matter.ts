/** The front matter of a course file: YAML without aliases, tags or repeated keys, checked field by field. */
import { isAlias, isNode, LineCounter, parseDocument, visit, type Document } from 'yaml'
import { CourseFacts } from './course.ts'

/** A fault in the front matter; its line is counted in the whole file. */
export interface FactFault {
  line: number
  field: string | null
  message: string
}

/** The facts that `yaml` states, or every fault in it. `startsOn` is the line of the file on which it starts. */
export function readFacts(yaml: string, startsOn: number): { facts: CourseFacts } | { faults: FactFault[] } {
  const lines = new LineCounter()
  const lineAt = (offset: number) => lines.linePos(offset).line + startsOn - 1
  const said = documentOf(yaml, lines)
  if (typeof said === 'string') return { faults: [{ line: startsOn, field: null, message: said }] }
  const broken = [...said.errors, ...said.warnings].slice(0, mostTold).map(({ message, pos }) => ({
    line: lineAt(pos[0]),
    field: null,
    message: `is not plain YAML: ${message}`,
  }))
  if (broken.length > 0) return { faults: broken }
  const refused = indirections(said).map((offset) => ({
    line: lineAt(offset),
    field: null,
    message: 'must not use YAML anchors, aliases or tags',
  }))
  if (refused.length > 0) return { faults: refused }

  const checked = CourseFacts.safeParse(said.toJS() ?? {})
  if (checked.success) return { facts: checked.data }
  const fault = (path: PropertyKey[], message: string): FactFault => ({
    line: lineAt(offsetOf(said, path)),
    field: path.length === 0 ? 'the front matter' : fieldName(path),
    message,
  })
  return {
    faults: checked.error.issues.flatMap((issue) => {
      if (issue.code === 'unrecognized_keys')
        return issue.keys.map((key) => fault([...issue.path, key], 'is not a field of a course'))
      return [fault(issue.path, issue.path.length === 0 ? 'must be fields and their values' : issue.message)]
    }),
  }
}

/** One slip in YAML can be told in hundreds of ways; the first few are enough to mend it. */
const mostTold = 10

/** The document, or why there is none: nesting deep enough to exhaust the stack is refused, not suffered. */
function documentOf(yaml: string, lineCounter: LineCounter): Document.Parsed | string {
  try {
    return parseDocument(yaml, { lineCounter, prettyErrors: false, version: '1.2', uniqueKeys: true, merge: false })
  } catch (error) {
    if (error instanceof RangeError) return 'the front matter is nested too deeply'
    throw error
  }
}

/** Where anchors, aliases and tags stand: no course needs one, and aliases can multiply without end. */
function indirections(document: Document.Parsed): number[] {
  const found: number[] = []
  visit(document, {
    Node(_, node) {
      if (isAlias(node) || node.anchor !== undefined || node.tag !== undefined) found.push(node.range?.[0] ?? 0)
    },
  })
  return found
}

const fieldName = (path: PropertyKey[]) =>
  path.map((step, i) => (typeof step === 'number' ? `[${step}]` : `${i === 0 ? '' : '.'}${String(step)}`)).join('')

/** Where the named value starts, or the nearest thing around it that is there. */
function offsetOf(document: Document.Parsed, path: PropertyKey[]): number {
  for (let length = path.length; length > 0; length--) {
    const node = document.getIn(path.slice(0, length), true)
    if (isNode(node) && node.range) return node.range[0]
  }
  return 0
}
