'use client'

import { ReviewFailed } from '@/components/approval/review-failed.tsx'

export default ReviewFailed
