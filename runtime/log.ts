import type { LoggerService } from '@nestjs/common'
import { type Logger, pino } from 'pino'

/** One log for the whole process, as JSON lines; `level` as pino names them. */
export function createLog(level: string): Logger {
  return pino({ level, redact: ['req.headers.authorization', 'req.headers.cookie', '*.password', '*.token'] })
}

/** What Nest says goes into the same log. */
export function nestLogger(log: Logger): LoggerService {
  const entry = (rest: unknown[]) => ({ context: rest.at(-1) })
  return {
    log: (message, ...rest) => log.debug(entry(rest), String(message)),
    error: (message, ...rest) => log.error({ ...entry(rest), stack: rest[0] }, String(message)),
    warn: (message, ...rest) => log.warn(entry(rest), String(message)),
    debug: (message, ...rest) => log.debug(entry(rest), String(message)),
    verbose: (message, ...rest) => log.trace(entry(rest), String(message)),
  }
}
