/** `hearten migrate`: brings the database up to date and fills in what every installation needs. */
import { migrate } from '#platform/migrate'
import { readSettings } from '#platform/settings'
import { migrationsFolder } from '../root.ts'
import { openDatabase, withProduct } from './opening.ts'
import { fillIn } from './preparing.ts'

/** Runs the migrations that are missing, then loads areas and the catalogue where they are not. */
export async function migrateDatabase(): Promise<void> {
  const server = await openDatabase(readSettings(process.env))
  try {
    const ran = await migrate(server.url, migrationsFolder, (line) => console.log(line))
    console.log(
      ran.length === 0
        ? 'The database is up to date.'
        : `The database is up to date: ${ran.length} migrations were run.`,
    )
  } finally {
    await server.stop()
  }
  await withProduct(fillIn)
}
