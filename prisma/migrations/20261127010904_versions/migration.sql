-- CreateEnum
CREATE TYPE "Packing" AS ENUM ('none', 'deflate');

-- AlterEnum
ALTER TYPE "VersionReason" ADD VALUE 'automatic';
ALTER TYPE "VersionReason" ADD VALUE 'named';
ALTER TYPE "VersionReason" ADD VALUE 'restored';

-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "authors" TEXT[] DEFAULT ARRAY[]::TEXT[],
ADD COLUMN     "packing" "Packing" NOT NULL DEFAULT 'none',
ADD COLUMN     "restoredId" TEXT,
ADD COLUMN     "seq" BIGINT,
ALTER COLUMN "userId" DROP NOT NULL;

-- CreateTable
CREATE TABLE "DocumentWriter" (
    "documentId" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "lastSeq" BIGINT NOT NULL,
    "lastAt" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "DocumentWriter_pkey" PRIMARY KEY ("documentId","userId")
);

-- CreateTable
CREATE TABLE "VersionName" (
    "id" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "VersionName_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE INDEX "VersionName_versionId_createdAt_idx" ON "VersionName"("versionId", "createdAt");

-- AddForeignKey
ALTER TABLE "DocumentWriter" ADD CONSTRAINT "DocumentWriter_documentId_fkey" FOREIGN KEY ("documentId") REFERENCES "Document"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "DocumentWriter" ADD CONSTRAINT "DocumentWriter_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Version" ADD CONSTRAINT "Version_restoredId_fkey" FOREIGN KEY ("restoredId") REFERENCES "Version"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionName" ADD CONSTRAINT "VersionName_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "VersionName" ADD CONSTRAINT "VersionName_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;


-- As it was, and notes who wrote the rows before they are gone.
CREATE OR REPLACE FUNCTION compact_document(document text, seqs bigint[], up_to bigint, merged bytea, merged_checksum bytea)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Document" WHERE "id" = document FOR UPDATE;
  -- A statement of its own: only one that starts behind the lock sees what its last holder changed.
  IF (SELECT count(*) FROM "DocumentUpdate" WHERE "seq" = ANY (seqs)) <> cardinality(seqs) THEN
    RETURN false;
  END IF;
  INSERT INTO "DocumentWriter" ("documentId", "userId", "lastSeq", "lastAt")
  SELECT document, u."userId", max(u."seq"), max(u."createdAt")
  FROM "DocumentUpdate" u JOIN "User" p ON p."id" = u."userId"
  WHERE u."seq" = ANY (seqs) GROUP BY u."userId"
  ON CONFLICT ("documentId", "userId") DO UPDATE SET
    "lastSeq" = greatest("DocumentWriter"."lastSeq", excluded."lastSeq"),
    "lastAt" = greatest("DocumentWriter"."lastAt", excluded."lastAt");
  DELETE FROM "DocumentUpdate" WHERE "seq" = ANY (seqs);
  INSERT INTO "DocumentSnapshot" ("documentId", "upToSeq", "data", "checksum")
  VALUES (document, up_to, merged, merged_checksum)
  ON CONFLICT ("documentId") DO UPDATE SET
    "upToSeq" = excluded."upToSeq", "data" = excluded."data", "checksum" = excluded."checksum", "updatedAt" = now();
  RETURN true;
END
$$;
