/** Structured logs, one JSON object a line: what happened and a reference number, never personal data. */
import pino from 'pino'

export type Log = pino.Logger

/** A log to standard output. Errors keep their message and stack; whole requests are never logged. */
export const openLog = (level: string): Log =>
  pino({
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label) => ({ level: label }) },
    redact: ['*.email', '*.name', '*.address', '*.password', '*.token'],
  })
