-- CreateEnum
CREATE TYPE "Standing" AS ENUM ('minutes', 'next');

-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "copiedFromId" TEXT,
ADD COLUMN     "movedFromId" TEXT,
ADD COLUMN     "standing" "Standing",
ADD COLUMN     "templateKey" TEXT;

-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "minutesSentOn" DATE;

-- AlterTable
ALTER TABLE "Section" ADD COLUMN     "templateKey" TEXT;

-- CreateTable
CREATE TABLE "Template" (
    "bodyId" TEXT NOT NULL,
    "content" JSONB NOT NULL,
    "revision" INTEGER NOT NULL DEFAULT 1,
    "updatedAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Template_pkey" PRIMARY KEY ("bodyId")
);

-- CreateTable
CREATE TABLE "CalendarFeed" (
    "userId" TEXT NOT NULL,
    "tokenHash" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "CalendarFeed_pkey" PRIMARY KEY ("userId")
);

-- CreateIndex
CREATE UNIQUE INDEX "CalendarFeed_tokenHash_key" ON "CalendarFeed"("tokenHash");

-- CreateIndex
CREATE INDEX "Item_copiedFromId_idx" ON "Item"("copiedFromId");

-- CreateIndex
CREATE INDEX "Item_movedFromId_idx" ON "Item"("movedFromId");

-- AddForeignKey
ALTER TABLE "Template" ADD CONSTRAINT "Template_bodyId_fkey" FOREIGN KEY ("bodyId") REFERENCES "Body"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "CalendarFeed" ADD CONSTRAINT "CalendarFeed_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Item" ADD CONSTRAINT "Item_copiedFromId_fkey" FOREIGN KEY ("copiedFromId") REFERENCES "Item"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Item" ADD CONSTRAINT "Item_movedFromId_fkey" FOREIGN KEY ("movedFromId") REFERENCES "Meeting"("id") ON DELETE SET NULL ON UPDATE CASCADE;
