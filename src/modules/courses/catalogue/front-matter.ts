/** The front matter of a course file: YAML without aliases, tags or repeated keys, checked field by field. */
import { isAlias, isNode, LineCounter, parseDocument, visit, type Document } from 'yaml'
import { CourseFacts } from './course.ts'

/** A fault in the front matter; its line is counted in the whole file. */
export interface FactFault {
  line: number
  field: string | null
  message: string
}

/** How long front matter may be: many times what a course needs, and little enough for YAML to stay quick. */
export const longestFrontMatter = 10_000

/** The facts that `yaml` states, or every fault in it. `startsOn` is the line of the file on which it starts. */
export function readFacts(yaml: string, startsOn: number): { facts: CourseFacts } | { faults: FactFault[] } {
  const asAWhole = (message: string) => ({ faults: [{ line: startsOn, field: null, message }] })
  if (yaml.length > longestFrontMatter) return asAWhole('the front matter is longer than 10,000 characters')
  try {
    const lines = new LineCounter()
    const said = parseDocument(yaml, { lineCounter: lines, prettyErrors: false, version: '1.2', merge: false })
    return factsIn(said, (offset) => lines.linePos(offset).line + startsOn - 1)
  } catch (error) {
    // Nesting deep enough to exhaust the stack.
    if (error instanceof RangeError) return asAWhole('the front matter is nested too deeply')
    throw error
  }
}

function factsIn(
  said: Document.Parsed,
  lineAt: (offset: number) => number,
): { facts: CourseFacts } | { faults: FactFault[] } {
  const broken = yamlFaults(said).map(([offset, message]) => ({ line: lineAt(offset), field: null, message }))
  if (broken.length > 0) return { faults: broken }
  const checked = CourseFacts.safeParse(said.toJS() ?? {})
  if (checked.success) return { facts: checked.data }
  const fault = (path: PropertyKey[], message: string): FactFault => ({
    line: lineAt(offsetOf(said, path)),
    field: path.length === 0 ? null : fieldName(path),
    message: path.length === 0 ? 'the front matter must be fields and their values' : message,
  })
  return {
    faults: checked.error.issues.flatMap((issue) =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((key) => fault([...issue.path, key], 'is not a field of a course'))
        : [fault(issue.path, issue.message)],
    ),
  }
}

/** One slip in YAML can be told in hundreds of ways; the first few are enough to mend it. */
const mostTold = 10

/** What keeps the document from being plain YAML, each with the offset at which it stands. */
function yamlFaults(said: Document.Parsed): [number, string][] {
  const broken = [...said.errors, ...said.warnings]
  if (broken.length > 0)
    return broken
      .slice(0, mostTold)
      .map(({ pos, message }) => [pos[0], `the front matter is not plain YAML: ${message}`])
  return indirections(said).map((offset) => [offset, 'the front matter must not use YAML anchors, aliases or tags'])
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
