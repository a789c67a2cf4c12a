/** Where the proxy writes the address that was asked for: a page is not told its own. */
export const ADDRESS_HEADER = 'x-waggle-address'
