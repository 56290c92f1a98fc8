-- AlterTable
ALTER TABLE "Approval" ADD COLUMN     "standInId" TEXT;

-- CreateTable
CREATE TABLE "StandIn" (
    "id" TEXT NOT NULL,
    "bodyId" TEXT NOT NULL,
    "reason" TEXT NOT NULL,
    "fromDay" DATE NOT NULL,
    "untilDay" DATE NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "endedAt" TIMESTAMPTZ(3),

    CONSTRAINT "StandIn_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "StandIn_bodyId_untilDay_idx" ON "StandIn"("bodyId", "untilDay");

-- AddForeignKey
ALTER TABLE "StandIn" ADD CONSTRAINT "StandIn_bodyId_fkey" FOREIGN KEY ("bodyId") REFERENCES "Body"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "StandIn" ADD CONSTRAINT "StandIn_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Approval" ADD CONSTRAINT "Approval_standInId_fkey" FOREIGN KEY ("standInId") REFERENCES "StandIn"("id") ON DELETE RESTRICT ON UPDATE CASCADE;
