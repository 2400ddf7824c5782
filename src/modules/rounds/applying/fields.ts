/** The form's numbers as the action takes them: the runs in the order of their numbers. */
import { Invalid, type Problems } from '#core/refusal'

const prefix = 'choice-'

/** The name of the field that holds a run's number. */
export const choiceField = (run: string): string => `${prefix}${run}`

/** Reads `choice-RUN=1` and the like. Numbers may leave gaps; two runs with one number are sent back. */
export function readChoices(body: Record<string, unknown>): Record<string, unknown> {
  const chosen = Object.entries(body).flatMap(([name, said]) =>
    name.startsWith(prefix) && typeof said === 'string' && said.trim() !== ''
      ? [{ run: name.slice(prefix.length), name, number: Number(said) }]
      : [],
  )
  const problems: Problems = {}
  const taken = new Map<number, string>()
  for (const { name, number } of chosen) {
    if (!Number.isInteger(number) || number < 1 || number > 20) problems[name] = 'Choose a number from the list.'
    else if (taken.has(number)) problems[name] = `You gave number ${number} to two runs. Give each its own.`
    else taken.set(number, name)
  }
  if (Object.keys(problems).length > 0) throw new Invalid(problems)
  return {
    choices: chosen.toSorted((a, b) => a.number - b.number).map(({ run }) => run),
    reserves: body['reserves'] ?? false,
  }
}
