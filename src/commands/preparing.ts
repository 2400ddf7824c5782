/** What a database needs before anyone comes: areas, the catalogue and, in a trial, the demonstration programme. */
import { dayOf } from '#core/days'
import { loadBuiltInAreas } from '../modules/areas/index.ts'
import { syncCatalogue } from '../modules/courses/index.ts'
import { syncQuestions } from '../modules/equality/index.ts'
import { loadDataKinds } from '../modules/people/index.ts'
import { loadDemonstration } from '../demo/index.ts'
import type { Product } from '../compose.ts'
import path from 'node:path'
import { contentFolder } from '../root.ts'

/** Prepares the database, each part once; resolves to whether it holds the demonstration programme. */
export async function prepare(product: Product, tell: (line: string) => void): Promise<boolean> {
  const { db, settings } = product
  await fillIn(product)
  if (settings.DEMONSTRATION === 'on' && (await isEmpty(product))) {
    tell('Loading the demonstration programme')
    await loadDemonstration({ url: product.ownerUrl, now: product.clock(), members: 5_000 })
  }
  const row = await db.selectFrom('setting').select('value').where('name', '=', 'demonstration').executeTakeFirst()
  return row?.value === true
}

/** Fills in what every installation needs; done again, it changes nothing that is as it was. */
export async function fillIn({ db, clock }: Product): Promise<void> {
  await loadBuiltInAreas(db)
  await syncCatalogue(db, path.join(contentFolder, 'courses'))
  await syncQuestions(db, path.join(contentFolder, 'equality'), dayOf(clock()))
  await loadDataKinds(db)
}

/** Whether the database has never held anyone: neither a demonstration nor a roll. */
export async function isEmpty({ db }: Product): Promise<boolean> {
  const person = await db.selectFrom('person').select('id').limit(1).executeTakeFirst()
  const roll = await db.selectFrom('roll_import').select('id').limit(1).executeTakeFirst()
  return person === undefined && roll === undefined
}
