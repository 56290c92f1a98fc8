-- CreateEnum
CREATE TYPE "ThreadKind" AS ENUM ('comment', 'question');

-- AlterTable
ALTER TABLE "Body" ADD COLUMN     "groupsAreOpen" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Thread" ADD COLUMN     "assigneeId" TEXT,
ADD COLUMN     "handledAt" TIMESTAMPTZ(3),
ADD COLUMN     "kind" "ThreadKind" NOT NULL DEFAULT 'comment',
ADD COLUMN     "sharedAt" TIMESTAMPTZ(3);

-- CreateTable
CREATE TABLE "EarlierComment" (
    "id" TEXT NOT NULL,
    "commentId" TEXT NOT NULL,
    "text" TEXT NOT NULL,
    "until" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "EarlierComment_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ThreadReading" (
    "threadId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "readAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "ThreadReading_pkey" PRIMARY KEY ("threadId","userId")
);

-- CreateIndex
CREATE INDEX "EarlierComment_commentId_idx" ON "EarlierComment"("commentId");

-- AddForeignKey
ALTER TABLE "Thread" ADD CONSTRAINT "Thread_assigneeId_fkey" FOREIGN KEY ("assigneeId") REFERENCES "User"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EarlierComment" ADD CONSTRAINT "EarlierComment_commentId_fkey" FOREIGN KEY ("commentId") REFERENCES "Comment"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ThreadReading" ADD CONSTRAINT "ThreadReading_threadId_fkey" FOREIGN KEY ("threadId") REFERENCES "Thread"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ThreadReading" ADD CONSTRAINT "ThreadReading_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;
