/** The second factor: codes from an app (TOTP), good once each, and recovery codes for when the app is lost. */
import { createOTP } from '@better-auth/utils/otp'
import { unguessable } from '#core/random'
import { hashOf } from '../actor.ts'
import { machineClock } from '../clock.ts'
import { tokenIn } from '../web/server.ts'
import type { Visit } from '../web/visit.ts'
import { headersFor, withAuth } from './auth.ts'
import { recoveryCodeIn } from './recovery-codes.ts'
import { no } from './said-no.ts'
import { tokenOf } from './session.ts'

/** Makes a new key for an app, which counts for nothing until a code from it is shown. False where there is one that counts. */
export const beginSecondFactor = async (visit: Visit): Promise<boolean> => {
  const headers = await headersFor(visit)
  return withAuth(visit, ({ api }) => api.enableTwoFactor({ body: {}, headers })).then(() => true, no(false))
}

/** The key of an app, as an address for its camera and as text to type. */
export async function secondFactorKey(visit: Visit): Promise<{ address: string; text: string } | undefined> {
  const headers = await headersFor(visit)
  const found = await withAuth(visit, ({ api }) => api.getTOTPURI({ body: {}, headers })).catch(no(undefined))
  if (!found) return undefined
  const text = new URL(found.totpURI).searchParams.get('secret') ?? ''
  return { address: found.totpURI, text: text.replace(/.{4}(?=.)/g, '$& ') }
}

/** A second factor that was shown: the browser's new token, and by what. */
export interface Shown {
  token: string
  by: 'app' | 'recovery code'
}

/** Shows a code, of either kind, in this browser. Nothing, where it is wrong or was used before. */
export async function showSecondFactor(visit: Visit, person: string, typed: string): Promise<Shown | undefined> {
  const digits = typed.replace(/\s/g, '')
  const app = /^\d{6}$/.test(digits)
  const current = app ? await showAppCode(visit, person, digits) : await showRecoveryCode(visit, typed)
  if (current === undefined) return undefined
  const token = unguessable()
  const { numUpdatedRows } = await visit.db
    .updateTable('sign_in_session')
    .set({ token: hashOf(token), second_factor_at: visit.now, updated_at: visit.now, user_agent: visit.from.agent })
    .where('token', '=', hashOf(current))
    .executeTakeFirst()
  return numUpdatedRows === 1n ? { token, by: app ? 'app' : 'recovery code' } : undefined
}

/** The recovery codes that are left. */
export const recoveryCodesLeft = (visit: Visit, person: string): Promise<string[]> =>
  withAuth(visit, ({ api }) => api.viewBackupCodes({ body: { userId: person } })).then(
    ({ backupCodes }) => [...backupCodes],
    no([]),
  )

/** Makes ten new recovery codes; the old ones no longer work. */
export async function renewRecoveryCodes(visit: Visit): Promise<string[]> {
  const headers = await headersFor(visit)
  return withAuth(visit, ({ api }) => api.generateBackupCodes({ body: {}, headers })).then(
    ({ backupCodes }) => [...backupCodes],
    no([]),
  )
}

/** Turns the second factor off. */
export async function removeSecondFactor({ db }: Visit, person: string): Promise<void> {
  await db.deleteFrom('second_factor').where('person_id', '=', person).execute()
  await db.updateTable('person').set({ two_factor_enabled: false }).where('id', '=', person).execute()
}

async function showAppCode(visit: Visit, person: string, code: string): Promise<string | undefined> {
  if (!(await spend(visit, person, code))) return undefined
  const headers = await headersFor(visit)
  const answer = await withAuth(visit, ({ api }) =>
    api.verifyTOTP({ body: { code }, headers, returnHeaders: true }),
  ).catch(no(undefined))
  if (!answer) return undefined
  // the first code of all begins a new session in the place of this one
  const set = answer.headers.getSetCookie().find((one) => one.startsWith('session='))
  return set === undefined ? tokenOf(visit) : tokenIn(decodeURIComponent(set.slice('session='.length)))
}

/**
 * Uses a code up. better-auth tells whether a code is right, and would be told the same one again while it lasts: here the
 * half minute that it belongs to is found, and each is taken once, and none before one that was taken.
 */
async function spend({ db, secret }: Visit, person: string, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('second_factor')
    .select('secret')
    .where('person_id', '=', person)
    .forUpdate()
    .executeTakeFirst()
  if (!row) return false
  const { symmetricDecrypt } = await import('better-auth/crypto')
  const otp = createOTP(await symmetricDecrypt({ key: secret, data: row.secret }))
  // The one rule that goes by the machine's clock and not by the visit's: the app on the person's phone does, and so does
  // better-auth, whose verifyTOTP reads Date.now() itself and takes no other clock (1.7). Both must mean the same half minute.
  const now = Math.floor(machineClock().getTime() / 30_000)
  for (const step of [now, now - 1, now + 1]) {
    if ((await otp.hotp(step)) !== code) continue
    const { numUpdatedRows } = await db
      .updateTable('second_factor')
      .set({ last_step: step })
      .where('person_id', '=', person)
      .where('last_step', '<', step)
      .executeTakeFirst()
    return numUpdatedRows === 1n
  }
  return false
}

async function showRecoveryCode(visit: Visit, typed: string): Promise<string | undefined> {
  const code = recoveryCodeIn(typed)
  if (code === undefined) return undefined
  const headers = await headersFor(visit)
  return withAuth(visit, ({ api }) => api.verifyBackupCode({ body: { code }, headers })).then(
    () => tokenOf(visit),
    no(undefined),
  )
}
