/**
 * The channel on which commits tell that the log has more to show: events that came, or outcomes that were noted on
 * them. It does not say which: whoever shows events asks for what they may see.
 */
export const EVENT_CHANGES_CHANNEL = 'waggle_events'
