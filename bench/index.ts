/** `npm run bench [-- PART…] [--quick] [--keep] [--data FOLDER]`: measures, prints tables, and writes docs/benchmarks.md. */
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { type Figure, type Options, say, type Section, type Table, tableOf } from './figure.ts'
import { sayMachine } from './machine.ts'

interface Part {
  title: string
  says: string
  /** The function of the part's file that measures. */
  run: (options: Options) => Promise<Section | Figure[]>
}

const parts: Record<string, Part> = {
  pages: {
    title: 'Pages',
    says: '',
    run: async (options) => (await import('./pages.ts')).benchPages(options),
  },
  rush: {
    title: 'The rush',
    says: 'Ten thousand members ask for five hundred places of twenty runs within a minute.',
    run: (options) => measuredBy('rush', options),
  },
  closing: {
    title: 'The closing of a round',
    says: 'Twenty thousand members apply in the last five minutes of a round, the last of them in its closing second. Everyone who was acknowledged must be on the roll.',
    run: (options) => measuredBy('closing', options),
  },
  faults: {
    title: 'The rush while things break',
    says: 'The server and its database are killed with kill -9, and connections are cut, while members ask. Everyone who was told of a place must find it.',
    run: async (options) => (await import('./faults.ts')).benchFaults(options),
  },
  imports: {
    title: 'Imports',
    says: 'A whole membership roll and every postcode.',
    run: (options) => measuredBy('imports', options),
  },
  allocation: {
    title: 'Giving out the places of a round',
    says: 'The allocation engine alone.',
    run: (options) => measuredBy('allocation', options),
  },
  opinion: {
    title: 'Opinion groups',
    says: 'The opinion engine alone.',
    run: (options) => measuredBy('opinion', options),
  },
}

/** A part whose file measures by itself: it exports one function named bench… that gives figures. */
async function measuredBy(name: string, options: Options): Promise<Section | Figure[]> {
  const file = new URL(`./${name}.ts`, import.meta.url)
  if (!existsSync(file)) throw new Error(`bench/${name}.ts is not there`)
  const exported = (await import(file.href)) as Record<string, (options: Options) => Promise<Section | Figure[]>>
  const measure = Object.entries(exported).find(([known]) => known.startsWith('bench'))?.[1]
  if (!measure) throw new Error(`bench/${name}.ts exports no function named bench…`)
  return measure(options)
}

const target = path.resolve('docs/benchmarks.md')

async function main(): Promise<void> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      quick: { type: 'boolean', default: false },
      keep: { type: 'boolean', default: false },
      data: { type: 'string', default: path.join(os.tmpdir(), 'hearten-bench') },
    },
  })
  const unknown = positionals.find((name) => !(name in parts))
  if (unknown) throw new Error(`There is no part ${unknown}. The parts are ${Object.keys(parts).join(', ')}.`)
  const wanted = positionals.length > 0 ? positionals : Object.keys(parts)
  const { quick, keep, data } = values
  await mkdir(data, { recursive: true })
  const { build } = await import('../scripts/build.ts')
  if (wanted.some((name) => ['pages', 'rush', 'faults', 'imports'].includes(name)) && !existsSync('dist/main.js'))
    await build()

  const known = await writtenBefore()
  const tell = (line: string): void => void process.stderr.write(`${line}\n`)
  for (const name of wanted) {
    const { title, says, run } = parts[name]!
    tell(`— ${title}`)
    const found = await run({ quick, keep, data, tell })
    const section: Section = Array.isArray(found) ? { title, says: [says], tables: [tableOf(found)] } : found
    const measuredOn = new Date().toLocaleDateString('en-GB', { day: 'numeric', month: 'long', year: 'numeric' })
    const text = inMarkdown(name, section, `${measuredOn}. ${await sayMachine()}`)
    process.stdout.write(`\n${section.title}\n${section.tables.map(onScreen).join('\n\n')}\n`)
    known.set(name, text)
  }
  // a quick run shows that everything works; its figures mean nothing
  if (quick) return
  await mkdir(path.dirname(target), { recursive: true })
  const sections = Object.keys(parts).flatMap((name) => known.get(name) ?? [])
  await writeFile(target, `${opening}\n${sections.join('\n')}`)
  tell(`Written to ${path.relative(process.cwd(), target)}`)
}

const opening = `# Benchmarks

Written by \`npm run bench\`; nothing in it is typed by hand. Each part can be measured alone, such as \`npm run bench -- pages\`, and then only its section changes. \`--quick\` is a small run that shows whether everything works and writes nothing; \`--keep\` leaves the loaded programme for the next time.
`

const mark = (name: string): string => `<!-- part: ${name} -->`

/** The sections as they were written before, by part. */
async function writtenBefore(): Promise<Map<string, string>> {
  const text = await readFile(target, 'utf8').catch(() => '')
  return new Map(
    text
      .split(/^(?=<!-- part: )/m)
      .slice(1)
      .map((section) => [/part: (\w+)/.exec(section)![1]!, section]),
  )
}

function inMarkdown(name: string, { title, says, tables }: Section, measured: string): string {
  const line = (cells: readonly (string | number)[]): string => `| ${cells.map(say).join(' | ')} |`
  const drawn = tables.map(({ columns, rows }) =>
    [line(columns), line(columns.map((_, n) => (n === 0 ? '---' : '---:'))), ...rows.map(line)].join('\n'),
  )
  const command = `\`npm run bench -- ${name}\`, ${measured}`
  const paragraphs = [...says, command, ...drawn].filter(Boolean)
  return [mark(name), `## ${title}`, '', ...paragraphs.flatMap((part) => [part, ''])].join('\n')
}

/** A table in columns that line up. */
function onScreen({ columns, rows }: Table): string {
  const cells = [columns, ...rows].map((row) => row.map(say))
  const widths = columns.map((_, n) => Math.max(...cells.map((row) => row[n]?.length ?? 0)))
  return cells
    .map((row) => row.map((cell, n) => (n === 0 ? cell.padEnd(widths[n]!) : cell.padStart(widths[n]!))).join('  '))
    .join('\n')
}

await main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
