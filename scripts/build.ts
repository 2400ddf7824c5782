/** Builds everything that is served or run into dist: the server, its workers, the style sheet, fonts and islands. */
import { createHash } from 'node:crypto'
import { globSync, statSync } from 'node:fs'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { type BuildOptions, build as bundle, type Metafile, type Plugin } from 'esbuild'

/** What a page needs to know of the built assets: addresses under /assets/. */
export interface Manifest {
  css: string
  fonts: string[]
  favicon: string
  islands: Record<string, string>
}

/** Builds the project in `root` into `out`, and answers what it wrote to assets.json. Rejects if any part fails. */
export async function build({
  root = path.dirname(import.meta.dirname),
  out = path.join(root, 'dist'),
} = {}): Promise<Manifest> {
  await rm(out, { recursive: true, force: true })
  await mkdir(path.join(out, 'assets'), { recursive: true })
  const common: BuildOptions = {
    absWorkingDir: root,
    bundle: true,
    metafile: true,
    jsx: 'automatic',
    jsxImportSource: 'preact',
    logLevel: 'silent',
  }
  const [, style, islands, favicon] = await Promise.all([
    server(common, root, out),
    styleSheet(common, out),
    browserCode(common, root, out),
    writeFavicon(out),
  ])
  const manifest: Manifest = { ...style, favicon, islands }
  await writeFile(path.join(out, 'assets.json'), `${JSON.stringify(manifest, null, 2)}\n`)
  await compressAll(path.join(out, 'assets'))
  return manifest
}

/** The server as one file, and each engine's worker beside it; packages stay in node_modules. */
async function server(common: BuildOptions, root: string, out: string): Promise<void> {
  const workers = globSync('src/engines/*/worker.ts', { cwd: root })
  await bundle({
    ...common,
    entryPoints: [
      { in: './src/main.ts', out: 'main' },
      ...workers.map((worker) => ({ in: `./${worker}`, out: `engines/${path.basename(path.dirname(worker))}/worker` })),
    ],
    outdir: out,
    platform: 'node',
    format: 'esm',
    target: 'node24',
    packages: 'external',
    sourcemap: true,
    sourcesContent: false, // an error needs the lines alone, and the map is read at each start
    plugins: [workersBeside],
  })
}

/** Source code finds a worker as ./worker.ts beside it; in the built server it stands in a folder of its engine's name. */
const workersBeside: Plugin = {
  name: 'workers beside the server',
  setup: (bundling) =>
    bundling.onLoad({ filter: /[\\/]src[\\/]engines[\\/][^\\/]+[\\/][^\\/]+\.ts$/ }, async ({ path: file }) => {
      const engine = path.basename(path.dirname(file))
      const source = await readFile(file, 'utf8')
      return {
        loader: 'ts',
        contents: source.replaceAll(/new URL\((['"])\.\/worker\.ts\1/g, `new URL('./engines/${engine}/worker.js'`),
      }
    }),
}

async function styleSheet(common: BuildOptions, out: string): Promise<Pick<Manifest, 'css' | 'fonts'>> {
  const { metafile } = await bundle({
    ...common,
    entryPoints: [{ in: './src/design/css/app.css', out: 'app' }],
    outdir: path.join(out, 'assets'),
    entryNames: '[name]-[hash]',
    assetNames: '[name]-[hash]',
    publicPath: '/assets/',
    loader: { '.woff2': 'file' },
    // the browsers that know light-dark(); older ones could not draw the page at all
    target: ['chrome123', 'firefox120', 'safari17.5'],
    minify: true,
  })
  const written = Object.keys(metafile!.outputs).map((file) => `/assets/${path.basename(file)}`)
  const css = written.find((file) => file.endsWith('.css'))
  const fonts = written.filter((file) => /-latin-wght-normal-[^/]+\.woff2$/.test(file))
  if (!css || fonts.length !== 2) throw new Error(`Expected a style sheet and two fonts, found ${written.join(', ')}`)
  return { css, fonts }
}

/** Each file of src/islands becomes a module of its name; what they share is split off and loaded once. */
async function browserCode(common: BuildOptions, root: string, out: string): Promise<Manifest['islands']> {
  const entryPoints = globSync('src/islands/*.{ts,tsx}', { cwd: root }).filter(
    (file) => !/\.(test|d)\.tsx?$/.test(file),
  )
  if (entryPoints.length === 0) return {}
  const { metafile } = await bundle({
    ...common,
    entryPoints,
    outdir: path.join(out, 'assets'),
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    platform: 'browser',
    format: 'esm',
    target: 'es2022',
    splitting: true,
    minify: true,
  })
  return islandsIn(metafile!)
}

const islandsIn = (metafile: Metafile): Record<string, string> =>
  Object.fromEntries(
    Object.entries(metafile.outputs).flatMap(([file, { entryPoint }]) =>
      entryPoint ? [[path.basename(entryPoint).replace(/\.tsx?$/, ''), `/assets/${path.basename(file)}`]] : [],
    ),
  )

// the mark, in the accent of each scheme
const hexagon =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="-12 -12 24 24"><style>path{fill:#a8123e}@media(prefers-color-scheme:dark){path{fill:#ff8fa6}}</style><path d="M0-11 9.5-5.5V5.5L0 11-9.5 5.5V-5.5Z"/></svg>'

async function writeFavicon(out: string): Promise<string> {
  const hash = createHash('sha256').update(hexagon).digest('hex').slice(0, 8).toUpperCase()
  const name = `favicon-${hash}.svg`
  await writeFile(path.join(out, 'assets', name), hexagon)
  return `/assets/${name}`
}

/** Writes .br and .gz beside every asset that gains by it; fonts are compressed already. */
async function compressAll(folder: string): Promise<void> {
  const files = (await readdir(folder)).filter((file) => /\.(css|js|svg)$/.test(file))
  await Promise.all(
    files.map(async (file) => {
      const content = await readFile(path.join(folder, file))
      const best = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY } }
      await writeFile(path.join(folder, `${file}.br`), await promisify(brotliCompress)(content, best))
      await writeFile(path.join(folder, `${file}.gz`), await promisify(gzip)(content, { level: 9 }))
    }),
  )
}

/** What the last build was made from: every file that it reads, by its size and when it was changed. */
const stampFile = 'dist/made-from'

function stampNow(): string {
  const files = globSync(['src/**/*', 'scripts/build.ts', 'package-lock.json']).toSorted()
  const seen = files.map((file) => {
    const { size, mtimeMs } = statSync(file)
    return `${file} ${size} ${mtimeMs}`
  })
  return createHash('sha256').update(seen.join('\n')).digest('hex')
}

const isMade = async (stamp: string): Promise<boolean> => (await readFile(stampFile, 'utf8').catch(() => '')) === stamp

if (import.meta.main) {
  process.chdir(path.dirname(import.meta.dirname))
  const began = performance.now()
  const stamp = stampNow()
  // a second start has nothing to build
  if (process.argv.includes('--if-changed') && (await isMade(stamp))) process.exit(0)
  try {
    await build()
    await writeFile(stampFile, stamp)
    console.log(`Built dist in ${((performance.now() - began) / 1000).toFixed(1)} s`)
  } catch (error) {
    console.error(sayFailure(error))
    process.exitCode = 1
  }
}

/** What went wrong, each with its file and line where the bundler knows it. */
function sayFailure(error: unknown): string {
  const errors = (error as { errors?: { text: string; location: { file: string; line: number } | null }[] }).errors
  const lines = errors?.map(({ text, location }) =>
    location ? `  ${location.file}:${location.line}: ${text}` : `  ${text}`,
  )
  return `The build failed.\n${lines?.join('\n') ?? String(error)}`
}
