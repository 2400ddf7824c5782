/** `hearten import`: the roll, areas and postcodes from CSV files, and equality questions. */
import { dayOf } from '#core/days'
import type { ImportAsked } from '#platform/import'
import { importAreas, importPostcodes } from '../modules/areas/index.ts'
import { importQuestions } from '../modules/equality/index.ts'
import { importMembers } from '../modules/people/index.ts'
import { withProduct } from './opening.ts'
import { progress } from './progress.ts'

const imports = { areas: importAreas, postcodes: importPostcodes, members: importMembers } as const

/** Reads the file and says what came of it, count by count; resolves to 0, or 1 when nothing could be changed. */
export const importFile = (
  what: keyof typeof imports,
  file: string,
  { dryRun, rejects, closeMany }: { dryRun?: boolean; rejects?: string; closeMany?: boolean },
): Promise<number> =>
  withProduct(async ({ ownerUrl }) => {
    const { tell, end } = progress()
    const asked: ImportAsked = {
      url: ownerUrl,
      file,
      dryRun,
      rejects: rejects ?? `${file}.rejected.csv`,
      force: closeMany,
      tell: ({ stage, done, whole }) => tell({ label: stage, done, total: whole }),
    }
    const summary: object = await imports[what](asked)
    end()
    const { problem, ...counts } = summary as { problem?: string; refused: number }
    for (const line of Object.entries(counts).flatMap(([name, value]) => sayCount(name, value))) console.log(line)
    if (counts.refused > 0)
      console.log(`The rows that could not be used are in ${asked.rejects}, each with its line and the reason.`)
    if (dryRun) console.log('This was a trial: nothing was changed.')
    if (problem === undefined) return 0
    console.error(problem)
    return 1
  })

/** Reads a nation's equality questions from a file, as a new version where their wording is new; resolves to 0. */
export const importEquality = (file: string, nation: string): Promise<number> =>
  withProduct(async ({ db, clock }) => {
    const read = await importQuestions(db, { file, nation, today: dayOf(clock()) })
    const words = `${read.questions} questions for ${read.nation}, version ${read.version}`
    console.log(read.isNew ? `Read in: ${words}.` : `Nothing is new: these are the ${words}.`)
    return 0
  })

/** "without area: 12"; nothing for an empty list. */
function sayCount(name: string, value: unknown): string[] {
  const label = name.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`)
  if (typeof value === 'number') return [`${label}: ${value.toLocaleString('en-GB')}`]
  if (!Array.isArray(value) || value.length === 0) return []
  return [
    `${label}: ${value.map((item) => (typeof item === 'object' ? Object.values(item as object).join(' × ') : String(item))).join(', ')}`,
  ]
}
