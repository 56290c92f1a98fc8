import { handleAuth } from '@/lib/identity/handler.ts'

export const dynamic = 'force-dynamic'

export { handleAuth as GET, handleAuth as POST }
