/** The addresses of who takes part. */
import { holds } from '#core/rights'
import { type Figure as Count, type Row, whyHidden } from '#engines/disclosure/index.ts'
import { type Access, anyone, csv, page, read } from '#platform/web'
import { QuestionPage, loadQuestion, loadPicture, PicturePage } from './pages.tsx'
import { type Figure, figuresUnder } from './publishing.ts'

/** The same figures for all of them. */
const seers: Access = {
  says: 'members, and whoever holds equality.see',
  allows: (actor) => actor.kind === 'hearten' || actor.member || holds(actor.rights, 'equality.see'),
}

const columns = ['Question', 'By', 'Group', 'Answer', 'Count', 'Per cent', 'Why hidden', 'Counted on']

/** Every figure of a table as a line, those that are hidden with the reason. */
function linesOf({ name, table, countedAt }: Figure): (string | number | null)[][] {
  const day = countedAt.toISOString().slice(0, 10)
  const question = name.split('/').at(-1)!
  const line = (by: string, group: string, answer: string, { count, hidden }: Count, percent: number | null) => [
    question,
    by,
    group,
    answer,
    count,
    percent,
    hidden && whyHidden[hidden],
    day,
  ]
  const of = (by: string, group: string, row: Row) => [
    ...(row.asked ? [line(by, group, 'Members', row.asked, null)] : []),
    line(by, group, 'Answered', row.answered, null),
    ...row.counts.map((share, a) => line(by, group, table.answers[a]!, share, share.percent)),
  ]
  return [
    ...(table.total ? of('everyone', 'All members', table.total) : []),
    ...table.groups.flatMap((row) => of('taking part', row.name, row)),
    ...(table.also ?? []).flatMap((row) => of('region', row.name, row)),
  ]
}

export const figureRoutes = [
  page('/equality', { access: anyone, load: loadPicture, view: PicturePage }),
  page('/equality/:question', { access: seers, load: loadQuestion, view: QuestionPage }),
  csv('/equality.csv', {
    access: seers,
    load: async ({ db }) => ({
      name: 'who-takes-part',
      columns,
      rows: (await figuresUnder(db, 'equality/')).flatMap(linesOf),
    }),
  }),
  csv('/equality/:question.csv', {
    access: seers,
    load: async (visit, { question }) => {
      const found = await loadQuestion(visit, { question })
      return found && { name: `who-takes-part-${found.question.key}`, columns, rows: linesOf(found.figure) }
    },
  }),
  read('/api/equality', {
    does: 'Gives who takes part as it is published: rounded, with small figures hidden. There are no others.',
    scope: 'equality:read',
    access: seers,
    load: async ({ db }) => ({
      figures: (await figuresUnder(db, 'equality/')).map(({ name, table, countedAt }) => ({
        question: name.slice('equality/'.length),
        countedAt,
        ...table,
      })),
    }),
  }),
]
