/** Money: typed and said in pounds, kept in whole pence. */

/** The most that can be typed: ten million pounds, far above any pot. */
const mostPence = 1_000_000_000

/** The pence in "12.50", "£12" or "1,200"; nothing where that is no amount of money. */
export function penceIn(said: string): number | undefined {
  const text = said.trim().replace(/^£\s*/, '')
  if (!/^(\d{1,9}|\d{1,3}(,\d{3}){1,2})(\.\d{1,2})?$/.test(text)) return undefined
  const [pounds, rest = ''] = text.replaceAll(',', '').split('.') as [string, string?]
  const pence = Number(pounds) * 100 + Number(rest.padEnd(2, '0'))
  return pence <= mostPence ? pence : undefined
}

/** "£12.50", "£1,200", "£0" */
export function sayMoney(pence: number): string {
  const pounds = Math.trunc(pence / 100)
  const rest = pence % 100
  return `£${number.format(pounds)}${rest === 0 ? '' : `.${String(rest).padStart(2, '0')}`}`
}

/** How an amount stands in a field: "12.50", "1200". */
export const typedMoney = (pence: number): string => sayMoney(pence).replaceAll(/[£,]/g, '')

const number = new Intl.NumberFormat('en-GB')
