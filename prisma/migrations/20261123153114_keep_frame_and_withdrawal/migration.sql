-- AlterEnum
ALTER TYPE "Verdict" ADD VALUE 'withdrawn';

-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "frame" JSONB NOT NULL;
