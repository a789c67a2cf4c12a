// Apart from what uses them: the proxy is a bundle of its own and needs no database.

/** Where the proxy writes the address that was asked for: a page is not told its own. */
export const ADDRESS_HEADER = 'x-waggle-address'

/** The cookie that holds the session's token. */
export const SESSION_COOKIE = 'waggle_session'
