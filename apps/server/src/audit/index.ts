/** Who changed what. */
export { AuditLog, EVENT_DAYS, MOST_EVENTS, MOST_REFUSED_REQUESTS, REFUSED_REQUEST } from './audit-log.js';
export type { AuditDetail, AuditEvent, NewAuditEvent } from './audit-log.js';
