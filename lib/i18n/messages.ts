import daAgenda from './messages/da/agenda.json' with { type: 'json' }
import daApproval from './messages/da/approval.json' with { type: 'json' }
import daComments from './messages/da/comments.json' with { type: 'json' }
import daCommon from './messages/da/common.json' with { type: 'json' }
import daDispatch from './messages/da/dispatch.json' with { type: 'json' }
import daErrors from './messages/da/errors.json' with { type: 'json' }
import daIdentity from './messages/da/identity.json' with { type: 'json' }
import daImport from './messages/da/import.json' with { type: 'json' }
import daMeeting from './messages/da/meeting.json' with { type: 'json' }
import daNotices from './messages/da/notices.json' with { type: 'json' }
import daOffline from './messages/da/offline.json' with { type: 'json' }
import daStatement from './messages/da/statement.json' with { type: 'json' }
import enAgenda from './messages/en/agenda.json' with { type: 'json' }
import enApproval from './messages/en/approval.json' with { type: 'json' }
import enComments from './messages/en/comments.json' with { type: 'json' }
import enCommon from './messages/en/common.json' with { type: 'json' }
import enDispatch from './messages/en/dispatch.json' with { type: 'json' }
import enErrors from './messages/en/errors.json' with { type: 'json' }
import enIdentity from './messages/en/identity.json' with { type: 'json' }
import enImport from './messages/en/import.json' with { type: 'json' }
import enMeeting from './messages/en/meeting.json' with { type: 'json' }
import enNotices from './messages/en/notices.json' with { type: 'json' }
import enOffline from './messages/en/offline.json' with { type: 'json' }
import enStatement from './messages/en/statement.json' with { type: 'json' }

/** The languages of the interface, the default first. */
export const locales = ['da', 'en'] as const

/** A language the interface has, as a two-letter ISO 639-1 code. */
export type Locale = (typeof locales)[number]

/** All sentences of the interface: language → room → key. */
export const messages = {
  da: {
    agenda: daAgenda,
    approval: daApproval,
    comments: daComments,
    common: daCommon,
    dispatch: daDispatch,
    errors: daErrors,
    identity: daIdentity,
    import: daImport,
    meeting: daMeeting,
    notices: daNotices,
    offline: daOffline,
    statement: daStatement,
  },
  en: {
    agenda: enAgenda,
    approval: enApproval,
    comments: enComments,
    common: enCommon,
    dispatch: enDispatch,
    errors: enErrors,
    identity: enIdentity,
    import: enImport,
    meeting: enMeeting,
    notices: enNotices,
    offline: enOffline,
    statement: enStatement,
  },
}
