/** How a home greets its person: by the time of day in London, and by first name. */
import { timeOf } from '#core/days'

/** "Good evening, Amina" */
export function greetingFor(name: string, now: Date): string {
  const time = timeOf(now)
  const part = time < '05:00' || time >= '18:00' ? 'evening' : time < '12:00' ? 'morning' : 'afternoon'
  const first = firstName(name)
  return first ? `Good ${part}, ${first}` : `Good ${part}`
}

const titles = /^(mr|mrs|ms|miss|mx|dr|prof|professor|sir|dame|lord|lady|rev|revd|cllr|councillor)\.?$/i

/** What someone is called to their face: "Amina" of "Amina Farooq" and of "Dr Amina Farooq". */
export function firstName(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean)
  return words.find((word) => !titles.test(word)) ?? words[0] ?? ''
}
