import { generateClient } from '@/lib/runtime/generate-client'

// `npm run generate`: for developers, after a change of prisma/schema.prisma.
process.stdout.write((await generateClient()) ? 'Generated.\n' : 'Up to date.\n')
