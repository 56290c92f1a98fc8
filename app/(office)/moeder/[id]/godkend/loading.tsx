import { ReviewLoading } from '@/components/approval/review-loading.tsx'

export default ReviewLoading
