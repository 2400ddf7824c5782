import { once } from 'node:events'
import { SMTPServer } from 'smtp-server'
import { expect } from 'vitest'
import { test } from '../../test/world.ts'
import { openTransport, post, sendingJob } from './mail.ts'

/** A real mail server on this machine that keeps what it is sent, and refuses one address. */
async function mailServer() {
  const kept: string[] = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS'],
    onRcptTo: ({ address }, _, done) => done(address.startsWith('refused') ? new Error('no such box') : null),
    onData: (stream, _, done) => {
      let text = ''
      stream.on('data', (chunk: Buffer) => (text += chunk.toString()))
      stream.on('end', () => {
        kept.push(text)
        done()
      })
    },
  })
  server.listen(0, '127.0.0.1')
  await once(server.server, 'listening')
  const { port } = server.server.address() as { port: number }
  return {
    kept,
    url: `smtp://127.0.0.1:${port}`,
    close: () => new Promise<void>((resolve) => server.close(() => resolve())),
  }
}

const letter = {
  person: null,
  address: 'amina@example.org',
  kind: 'test',
  subject: 'Your place',
  body: 'Dear Amina,\n\nyou have a place. Gŵyl dda.',
}

test('a letter is sent once, as plain text, with its calendar entry', async ({ db, visit }) => {
  const server = await mailServer()
  const transport = openTransport(server.url)!
  await post(db, [{ ...letter, calendar: 'BEGIN:VCALENDAR\r\nMETHOD:REQUEST\r\nEND:VCALENDAR\r\n' }])
  const ids = (await db.selectFrom('mail').select('id').where('kind', '=', 'test').execute()).map(({ id }) => id)
  const sending = sendingJob(transport, 'Academy <academy@example.org>')
  await sending.run(await visit(), { ids })
  await sending.run(await visit(), { ids })
  expect(server.kept).toHaveLength(1)
  expect(server.kept[0]).toContain('Subject: Your place')
  expect(server.kept[0]).toContain('method=REQUEST')
  expect(server.kept[0]).toMatch(/text\/plain/)
  transport.close()
  await server.close()
})

test('a letter about several entries carries each as a part of its own, with its own method', async ({ db, visit }) => {
  const server = await mailServer()
  const transport = openTransport(server.url)!
  const object = (method: string) => `BEGIN:VCALENDAR\r\nMETHOD:${method}\r\nEND:VCALENDAR\r\n`
  await post(db, [{ ...letter, kind: 'several', calendar: `${object('REQUEST')}${object('CANCEL')}` }])
  const ids = (await db.selectFrom('mail').select('id').where('kind', '=', 'several').execute()).map(({ id }) => id)
  await sendingJob(transport, 'academy@example.org').run(await visit(), { ids })
  expect(server.kept[0]!.match(/text\/calendar; charset=utf-8;\s+method=\w+/g)).toEqual([
    expect.stringContaining('REQUEST'),
    expect.stringContaining('CANCEL'),
  ])
  transport.close()
  await server.close()
})

test('a letter that is refused keeps why, holds up no other, and is tried again', async ({ db, visit }) => {
  const server = await mailServer()
  const transport = openTransport(server.url)!
  await post(db, [{ ...letter, address: 'refused@example.org' }, letter])
  const ids = (await db.selectFrom('mail').select('id').where('kind', '=', 'test').execute()).map(({ id }) => id)
  await expect(sendingJob(transport, 'academy@example.org').run(await visit(), { ids })).rejects.toThrow(
    '1 of 2 letters',
  )
  const rows = await db
    .selectFrom('mail')
    .select(['address', 'sent_at', 'problem'])
    .where('id', 'in', ids)
    .orderBy('address')
    .execute()
  expect(rows.map(({ sent_at, problem }) => [sent_at !== null, problem?.includes('no such box') ?? false])).toEqual([
    [true, false],
    [false, true],
  ])
  transport.close()
  await server.close()
})

test('without a mail server letters stay in the outbox', async ({ db, visit }) => {
  await post(db, [letter])
  const row = await db.selectFrom('mail').select('id').where('kind', '=', 'test').executeTakeFirstOrThrow()
  await sendingJob(undefined, 'academy@example.org').run(await visit(), { ids: [row.id] })
  expect(
    (await db.selectFrom('mail').select('sent_at').where('id', '=', row.id).executeTakeFirstOrThrow()).sent_at,
  ).toBeNull()
})

test('an address or subject with a line break cannot add a header', async ({ db, visit }) => {
  const server = await mailServer()
  const transport = openTransport(server.url)!
  await post(db, [{ ...letter, subject: 'Hello\r\nBcc: everyone@example.org' }])
  const row = await db.selectFrom('mail').select('id').where('kind', '=', 'test').executeTakeFirstOrThrow()
  await sendingJob(transport, 'academy@example.org').run(await visit(), { ids: [row.id] })
  expect(server.kept[0]).not.toMatch(/^Bcc:/m)
  transport.close()
  await server.close()
})
