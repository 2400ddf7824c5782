/** Figures about people leave only here: through the disclosure rule, stored as published, and made anew only after enough changed. */
import { type Counts, type Published, publish, threshold } from '#engines/disclosure/index.ts'
import type { Db } from '#platform/db'

/** A table as it may be shown to anyone. */
export interface Figure {
  name: string
  table: Published
  countedAt: Date
}

/**
 * Publishes a table of counts under a name, and keeps it as published: rounded, with what must be hidden hidden. The one
 * before stays unless at least ten people changed since it was counted, so that nobody can be told from the difference of
 * two. `changed` says how many did since a moment (since ever, where nothing was published before).
 */
export async function publishCounts(
  db: Db,
  the: { name: string; counts: Counts; now: Date; changed: (since: Date) => number | Promise<number> },
): Promise<Figure | undefined> {
  const { name, counts, now, changed } = the
  const before = await db
    .selectFrom('equality_figure')
    .selectAll()
    .where('name', '=', name)
    .forUpdate()
    .executeTakeFirst()
  if ((await changed(before?.counted_at ?? new Date(0))) < threshold) return before && figureOf(before)
  const body = JSON.stringify(publish(counts))
  const row = await db
    .insertInto('equality_figure')
    .values({ name, body, counted_at: now })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ body, counted_at: now }))
    .returningAll()
    .executeTakeFirstOrThrow()
  return figureOf(row)
}

/** The published figures whose names begin so, by name. */
export async function figuresUnder(db: Db, beginning: string): Promise<Figure[]> {
  const rows = await db
    .selectFrom('equality_figure')
    .selectAll()
    .where('name', '>=', beginning)
    .where('name', '<', `${beginning}\uFFFF`)
    .orderBy('name')
    .execute()
  return rows.map(figureOf)
}

const figureOf = (row: { name: string; body: unknown; counted_at: Date }): Figure => ({
  name: row.name,
  table: row.body as Published,
  countedAt: row.counted_at,
})
