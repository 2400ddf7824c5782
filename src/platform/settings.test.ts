import { expect, test } from 'vitest'
import { readSettings, settingsHelp, WrongSetting } from './settings.ts'

test('nothing needs to be set', () => {
  const settings = readSettings({})
  expect(settings.PORT).toBe(3000)
  expect(settings.address).toBe('http://localhost:3000')
  expect(settings.DEMONSTRATION).toBe('on')
})

test('a wrong setting is named, with why and an example, and all wrong ones are named at once', () => {
  const read = () => readSettings({ PORT: '70000', SMTP_URL: 'mail.example.org', SECRET: 'short' })
  expect(read).toThrow(WrongSetting)
  for (const name of ['PORT', 'SMTP_URL', 'SECRET'])
    expect(read).toThrow(new RegExp(`${name} is wrong: .+ For example: ${name}=`))
})

test('why a setting is wrong is said for whoever has to mend it, not for a programmer', () => {
  const why = (set: Record<string, string>) => {
    try {
      readSettings(set)
      return ''
    } catch (error) {
      return (error as Error).message
    }
  }
  for (const PORT of ['abc', '0', '70000', '3000.5', 'Infinity'])
    expect(why({ PORT })).toBe('PORT is wrong: it must be a whole number from 1 to 65535. For example: PORT=3000')
  expect(why({ TRUST_PROXY: 'yes' })).toContain('it must be on or off')
  expect(why({ DATABASE_URL: 'mysql://here' })).toContain('it must be an address that begins with postgres://')
  const all = Object.fromEntries(settingsHelp().map(({ name }) => [name, name === 'LOG_LEVEL' ? 'loud' : '?']))
  expect(why({ ...all, IMPRINT: 'x'.repeat(301), ORGANISATION: 'x'.repeat(61) })).not.toMatch(
    /expected|received|NaN|Invalid|Too (small|big)|>=|regex|pattern/,
  )
})

test('an empty setting is one that is not set', () => {
  expect(readSettings({ PORT: ' ', DATABASE_URL: '' }).PORT).toBe(3000)
})

test('every example would be accepted', () => {
  for (const { name, example } of settingsHelp()) {
    const value = name === 'SECRET' ? 'x'.repeat(44) : example
    expect(() => readSettings({ [name]: value }), name).not.toThrow()
  }
})
