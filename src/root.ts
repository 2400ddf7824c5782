/** Where Hearten stands on the disk: the folder that holds dist, db and content. */
import path from 'node:path'

export const root = path.dirname(import.meta.dirname)
export const migrationsFolder = path.join(root, 'db/migrations')
export const contentFolder = path.join(root, 'content')
