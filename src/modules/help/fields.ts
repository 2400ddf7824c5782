/** Amounts of money as forms and programs send them: "12.50" means £12.50. */
import { z } from 'zod'
import { penceIn } from '#core/money'

const wrong = 'Enter an amount in pounds, like 12.50'
const typed = z.string({ error: wrong }).max(40, wrong)

/** An amount that must be given, in pence. */
export const money: z.ZodType<number> = typed
  .transform((said, context) => penceIn(said) ?? fail(context))
  .describe('Pounds and pence, such as 12.50')

/** An amount that may be left out: then it is null. */
export const optionalMoney: z.ZodType<number | null> = typed
  .default('')
  .transform((said, context) => (said.trim() === '' ? null : (penceIn(said) ?? fail(context))))
  .describe('Pounds and pence, such as 12.50')

function fail(context: z.core.$RefinementCtx): never {
  context.addIssue({ code: 'custom', message: wrong })
  return z.NEVER
}
