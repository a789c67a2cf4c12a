import { newEncryptionKey } from '@/lib/secret-box'

// Set while the file is loaded, before the code under test reads its settings for the first time.
process.env.ENCRYPTION_KEY = newEncryptionKey()
process.env.REDELIVERY_ALLOW_LOOPBACK = 'true'

export const ENCRYPTION_KEY = process.env.ENCRYPTION_KEY
