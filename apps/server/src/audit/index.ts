/** Who changed what. */
export { AuditLog, EVENT_DAYS, MOST_EVENTS } from './audit-log.js';
export type { AuditDetail, AuditEvent, NewAuditEvent } from './audit-log.js';
