/** Keeps the rules of ARCHITECTURE.md: who may import whom, and where the clock and chance are. */
import { build } from 'esbuild'
import { globSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { beforeAll, expect, test } from 'vitest'
import { modules, uses } from '../src/modules.ts'

type Graph = Map<string, string[]>
let graph: Graph
const sources = globSync('src/**/*.{ts,tsx}').filter((file) => !file.includes('.test.'))

beforeAll(async () => {
  const { metafile } = await build({
    // one entry that names every file: as many entries would each be bundled whole
    stdin: { contents: sources.map((file) => `import './${file}'`).join('\n'), resolveDir: process.cwd() },
    bundle: true,
    write: false,
    outdir: 'nowhere',
    metafile: true,
    packages: 'external',
    format: 'esm',
    platform: 'node',
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  })
  graph = new Map(
    sources
      .map((file): [string, { imports: readonly { path: string; external?: boolean }[] }] => [
        file,
        metafile.inputs[file]!,
      ])
      .map(([file, { imports }]) => [file, imports.filter(({ external }) => !external).map((one) => one.path)]),
  )
})

const layerOf = (file: string): string => file.split('/')[1]!.replace(/\.tsx?$/, '')
const mayUse: Record<string, readonly string[]> = {
  core: [],
  engines: ['core'],
  design: ['core'],
  platform: ['core'],
  modules: ['core', 'engines', 'design', 'platform'],
  islands: ['core'],
}

const edges = (): [string, string][] =>
  [...graph].flatMap(([from, to]) => to.map((file): [string, string] => [from, file]))

test('each layer leans only on those below it', () => {
  const breaches = edges().filter(([from, to]) => {
    const [above, below] = [layerOf(from), layerOf(to)]
    const allowed = mayUse[above]
    return allowed !== undefined && above !== below && !allowed.includes(below)
  })
  expect(breaches.filter(([from]) => from !== 'src/modules.ts')).toEqual([])
})

test('an engine does not use another engine', () => {
  const engine = (file: string) => /^src\/engines\/([^/]+)\//.exec(file)?.[1]
  expect(edges().filter(([from, to]) => engine(from) && engine(to) && engine(from) !== engine(to))).toEqual([])
})

test('a module uses another only through its index, and only where the table of contents says so', () => {
  const module = (file: string) => /^src\/modules\/([^/]+)\//.exec(file)?.[1]
  const breaches = edges().filter(([from, to]) => {
    const [user, used] = [module(from), module(to)]
    if (user === undefined || used === undefined || user === used) return false
    return !(uses[user] ?? []).includes(used) || path.basename(to) !== 'index.ts'
  })
  expect(breaches).toEqual([])
})

test('the table of contents names every module, and no circle', () => {
  const folders = new Set(globSync('src/modules/*/').map((folder) => path.basename(folder)))
  expect(new Set(Object.keys(uses))).toEqual(folders)
  expect(new Set(modules.map(({ name }) => name))).toEqual(folders)
  const visit = (name: string, above: string[]): void => {
    expect(above, `${name} leads back to itself`).not.toContain(name)
    for (const next of uses[name] ?? []) visit(next, [...above, name])
  }
  for (const name of Object.keys(uses)) visit(name, [])
})

test('no file leads back to itself', () => {
  const done = new Set<string>()
  const circles: string[] = []
  const walk = (file: string, above: string[]): void => {
    if (above.includes(file)) circles.push([...above.slice(above.indexOf(file)), file].join(' → '))
    else if (!done.has(file)) {
      for (const next of graph.get(file) ?? []) walk(next, [...above, file])
      done.add(file)
    }
  }
  for (const file of graph.keys()) walk(file, [])
  expect(circles).toEqual([])
})

test('only the clock reads the time, and only core/random makes chance', () => {
  const allowed =
    /^src\/(platform\/(clock|sign-in|web\/csrf|web\/server|embedded)|core\/random|commands\/|islands\/|root)/
  const breaches = [...graph.keys()]
    .filter((file) => !allowed.test(file))
    .flatMap((file) =>
      readFileSync(file, 'utf8')
        .split('\n')
        .flatMap((line, index) =>
          /\bDate\.now\(|new Date\(\)|Math\.random\(|performance\.now\(|Temporal\.Now\b/.test(line)
            ? [`${file}:${index + 1}`]
            : [],
        ),
    )
  expect(breaches).toEqual([])
})

test('only platform/web sees the server library, and only platform/sign-in the sign-in library', () => {
  const importing = (name: RegExp, allowed: RegExp) =>
    [...graph.keys()].filter((file) => !allowed.test(file) && name.test(readFileSync(file, 'utf8')))
  expect(importing(/from '(@fastify\/|fastify)/, /^src\/(platform\/web|compose|commands\/serve)/)).toEqual([])
  expect(importing(/from '(@?better-auth|better-call)/, /^src\/platform\/sign-in/)).toEqual([])
})
