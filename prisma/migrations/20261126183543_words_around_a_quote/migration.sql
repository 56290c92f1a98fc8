-- AlterTable
ALTER TABLE "Thread" ADD COLUMN     "quoteAfter" TEXT NOT NULL DEFAULT '',
ADD COLUMN     "quoteBefore" TEXT NOT NULL DEFAULT '';
