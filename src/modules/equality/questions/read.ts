/** Reads a file of equality questions, in YAML or JSON, or says everything that is wrong with it. */
import { createHash } from 'node:crypto'
import { readdir, readFile, stat } from 'node:fs/promises'
import path from 'node:path'
import canonicalize from 'canonicalize'
import { parse } from 'yaml'
import { ZodError } from 'zod'
import { Refusal } from '#core/refusal'
import { QuestionFile } from './question.ts'

const largest = 500_000

/** Makes our own shape of another, where it is one that is known. */
export type Convert = (given: unknown) => unknown

/** The questions in a text. Throws a Refusal that names each fault. */
export function readQuestions(text: string, name: string, convert: Convert = (given) => given): QuestionFile {
  let given: unknown
  try {
    given = convert(parse(text))
  } catch (error) {
    const [first] = (error as Error).message.split('\n')
    throw new Refusal(error instanceof ZodError ? sayFaults(name, error) : `${name} is neither YAML nor JSON: ${first}`)
  }
  const read = QuestionFile.safeParse(given)
  if (read.success) return read.data
  throw new Refusal(sayFaults(name, read.error))
}

function sayFaults(name: string, { issues }: ZodError): string {
  const faults = issues.map(({ path: at, message }) => `  ${at.map(String).join('.') || 'the file'}: ${message}`)
  return [`${name} cannot be used:`, ...faults.slice(0, 40)].join('\n')
}

/** The questions in a file; one that is missing, too large or no text in UTF-8 is refused. */
export async function readQuestionFile(file: string, convert?: Convert): Promise<QuestionFile> {
  const about = await stat(file).catch(() => undefined)
  if (!about?.isFile()) throw new Refusal(`There is no file ${file}.`)
  if (about.size > largest) throw new Refusal(`${file} is larger than ${largest / 1000} kB.`)
  const bytes = await readFile(file)
  try {
    return readQuestions(new TextDecoder('utf-8', { fatal: true }).decode(bytes), path.basename(file), convert)
  } catch (error) {
    throw error instanceof TypeError ? new Refusal(`${file} is not text in UTF-8.`) : error
  }
}

/** Every set of a folder, each of which names its nation. */
export async function readQuestionFolder(folder: string): Promise<(QuestionFile & { nation: string })[]> {
  const names = (await readdir(folder)).filter((name) => /\.(ya?ml|json)$/.test(name)).sort()
  return Promise.all(
    names.map(async (name) => {
      const { nation, ...rest } = await readQuestionFile(path.join(folder, name))
      if (nation === undefined) throw new Refusal(`${name} does not name its nation.`)
      return { nation, ...rest }
    }),
  )
}

/** By which the same words are known again. */
export const digestOf = ({ source, questions }: Pick<QuestionFile, 'source' | 'questions'>): string =>
  createHash('sha256').update(canonicalize({ source, questions })!).digest('hex')
