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

test('an empty setting is one that is not set', () => {
  expect(readSettings({ PORT: ' ', DATABASE_URL: '' }).PORT).toBe(3000)
})

test('every example would be accepted', () => {
  for (const { name, example } of settingsHelp()) {
    const value = name === 'SECRET' ? 'x'.repeat(44) : example
    expect(() => readSettings({ [name]: value }), name).not.toThrow()
  }
})
