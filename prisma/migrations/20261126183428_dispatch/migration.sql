-- CreateEnum
CREATE TYPE "Revision" AS ENUM ('edition', 'supplement');

-- CreateEnum
CREATE TYPE "EditionKind" AS ENUM ('agenda', 'supplement');

-- AlterTable
ALTER TABLE "Body" ADD COLUMN     "agendaDays" INTEGER NOT NULL DEFAULT 4,
ADD COLUMN     "materialDays" INTEGER NOT NULL DEFAULT 3,
ADD COLUMN     "saturdayCounts" BOOLEAN NOT NULL DEFAULT false;

-- AlterTable
ALTER TABLE "Item" ADD COLUMN     "frozenNumber" TEXT,
ADD COLUMN     "lateReason" TEXT,
ADD COLUMN     "sentGeneration" INTEGER,
ADD COLUMN     "sentVersionId" TEXT;

-- AlterTable
ALTER TABLE "Meeting" ADD COLUMN     "editionCount" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "lastSection" INTEGER NOT NULL DEFAULT 0,
ADD COLUMN     "revision" "Revision";

-- AlterTable
ALTER TABLE "Section" ADD COLUMN     "frozenNumber" TEXT,
ADD COLUMN     "lastItem" INTEGER NOT NULL DEFAULT 0;

-- CreateTable
CREATE TABLE "Edition" (
    "id" TEXT NOT NULL,
    "meetingId" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "kind" "EditionKind" NOT NULL,
    "ordinal" INTEGER NOT NULL,
    "record" TEXT NOT NULL,
    "hash" TEXT NOT NULL,
    "userId" TEXT NOT NULL,
    "createdAt" TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,

    CONSTRAINT "Edition_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EditionItem" (
    "id" TEXT NOT NULL,
    "editionId" TEXT NOT NULL,
    "itemId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "number" TEXT NOT NULL,
    "visibility" "Visibility" NOT NULL,
    "contentHash" TEXT NOT NULL,
    "versionId" TEXT NOT NULL,
    "record" TEXT NOT NULL,
    "hash" TEXT NOT NULL,

    CONSTRAINT "EditionItem_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "EditionAnnex" (
    "editionItemId" TEXT NOT NULL,
    "annexId" TEXT NOT NULL,
    "position" INTEGER NOT NULL,

    CONSTRAINT "EditionAnnex_pkey" PRIMARY KEY ("editionItemId","annexId")
);

-- CreateIndex
CREATE UNIQUE INDEX "Edition_meetingId_number_key" ON "Edition"("meetingId", "number");

-- CreateIndex
CREATE INDEX "EditionItem_itemId_idx" ON "EditionItem"("itemId");

-- CreateIndex
CREATE INDEX "EditionItem_versionId_idx" ON "EditionItem"("versionId");

-- CreateIndex
CREATE UNIQUE INDEX "EditionItem_editionId_itemId_key" ON "EditionItem"("editionId", "itemId");

-- CreateIndex
CREATE INDEX "EditionAnnex_annexId_idx" ON "EditionAnnex"("annexId");

-- AddForeignKey
ALTER TABLE "Edition" ADD CONSTRAINT "Edition_meetingId_fkey" FOREIGN KEY ("meetingId") REFERENCES "Meeting"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "Edition" ADD CONSTRAINT "Edition_userId_fkey" FOREIGN KEY ("userId") REFERENCES "User"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EditionItem" ADD CONSTRAINT "EditionItem_editionId_fkey" FOREIGN KEY ("editionId") REFERENCES "Edition"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EditionItem" ADD CONSTRAINT "EditionItem_itemId_fkey" FOREIGN KEY ("itemId") REFERENCES "Item"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EditionItem" ADD CONSTRAINT "EditionItem_versionId_fkey" FOREIGN KEY ("versionId") REFERENCES "Version"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EditionAnnex" ADD CONSTRAINT "EditionAnnex_editionItemId_fkey" FOREIGN KEY ("editionItemId") REFERENCES "EditionItem"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "EditionAnnex" ADD CONSTRAINT "EditionAnnex_annexId_fkey" FOREIGN KEY ("annexId") REFERENCES "Annex"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- What was sent never changes by a byte: not by the product, and not by a hand in the database either.
ALTER TABLE "Edition" ADD CONSTRAINT "Edition_hash_check"
  CHECK ("hash" = encode(sha256(convert_to("record", 'UTF8')), 'hex'));
ALTER TABLE "EditionItem" ADD CONSTRAINT "EditionItem_hash_check"
  CHECK ("hash" = encode(sha256(convert_to("record", 'UTF8')), 'hex'));

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'What was sent out never changes' USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER edition_stays BEFORE UPDATE OR DELETE ON "Edition"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_is_kept BEFORE TRUNCATE ON "Edition"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_item_stays BEFORE UPDATE OR DELETE ON "EditionItem"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_item_is_kept BEFORE TRUNCATE ON "EditionItem"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_annex_stays BEFORE UPDATE OR DELETE ON "EditionAnnex"
  FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER edition_annex_is_kept BEFORE TRUNCATE ON "EditionAnnex"
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

-- Nothing is added to an edition either: its rows come in its own transaction or not at all.
CREATE FUNCTION refuse_later_item() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "Edition" e
    WHERE e."id" = NEW."editionId" AND e.xmin::text = pg_current_xact_id()::xid::text) THEN
    RAISE EXCEPTION 'What was sent out never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER edition_item_comes_at_once BEFORE INSERT ON "EditionItem"
  FOR EACH ROW EXECUTE FUNCTION refuse_later_item();

CREATE FUNCTION refuse_later_annex() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT 1 FROM "EditionItem" e
    WHERE e."id" = NEW."editionItemId" AND e.xmin::text = pg_current_xact_id()::xid::text) THEN
    RAISE EXCEPTION 'What was sent out never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER edition_annex_comes_at_once BEFORE INSERT ON "EditionAnnex"
  FOR EACH ROW EXECUTE FUNCTION refuse_later_annex();

-- Nor does what an edition points at: the kept words of its items, and their annexes with their files.
CREATE FUNCTION refuse_change_of_sent_version() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "EditionItem" WHERE "versionId" = OLD."id") THEN
    RAISE EXCEPTION 'What was sent out never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER sent_version_stays BEFORE UPDATE OR DELETE ON "Version"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sent_version();

CREATE FUNCTION refuse_change_of_sent_annex() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "EditionAnnex" WHERE "annexId" = OLD."id") AND (
    TG_OP = 'DELETE' OR
    (NEW."id", NEW."itemId", NEW."title", NEW."url", NEW."fileName", NEW."contentType", NEW."size", NEW."contentHash")
    IS DISTINCT FROM
    (OLD."id", OLD."itemId", OLD."title", OLD."url", OLD."fileName", OLD."contentType", OLD."size", OLD."contentHash")
  ) THEN
    RAISE EXCEPTION 'What was sent out never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER sent_annex_stays BEFORE UPDATE OR DELETE ON "Annex"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sent_annex();

CREATE FUNCTION refuse_change_of_sent_file() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF EXISTS (SELECT 1 FROM "EditionAnnex" WHERE "annexId" = OLD."annexId") THEN
    RAISE EXCEPTION 'What was sent out never changes' USING ERRCODE = 'restrict_violation';
  END IF;
  RETURN COALESCE(NEW, OLD);
END
$$;
CREATE TRIGGER sent_file_stays BEFORE UPDATE OR DELETE ON "AnnexFile"
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_sent_file();

-- As it was, and after dispatch for what is being written on.
CREATE OR REPLACE FUNCTION append_updates(documents text[], users text[], lengths int[], words bytea)
RETURNS text[] LANGUAGE plpgsql AS $$
DECLARE
  closed text[];
BEGIN
  -- Whoever freezes, replaces or compacts a document has locked it for update.
  PERFORM 1 FROM "Document" WHERE "id" = ANY (documents) ORDER BY "id" FOR KEY SHARE;
  -- A statement of its own: only one that starts behind the lock sees what its last holder changed.
  SELECT array_agg(DISTINCT l.document) INTO closed FROM unnest(documents) AS l (document)
  WHERE NOT EXISTS (
    SELECT 1 FROM "Document" d
    JOIN "Item" i ON i."id" = d."itemId" AND i."generation" = d."generation"
    JOIN "Meeting" m ON m."id" = i."meetingId" AND (
      m."state" = 'preparing' OR
      m."state" = 'dispatched' AND (
        m."revision" = 'edition' OR m."revision" = 'supplement' AND i."sentVersionId" IS NULL))
    WHERE d."id" = l.document);
  IF closed IS NOT NULL THEN
    RETURN closed;
  END IF;
  INSERT INTO "DocumentUpdate" ("documentId", "data", "checksum", "userId")
  SELECT l.document, l.data, substring(sha256(l.data) FROM 1 FOR 8), l.author
  FROM (
    SELECT c.document, c.author, c.at, substring(words FROM c.until - c.bytes + 1 FOR c.bytes) AS data
    FROM (
      SELECT u.*, (sum(u.bytes) OVER (ORDER BY u.at))::int AS until
      FROM unnest(documents, users, lengths) WITH ORDINALITY AS u (document, author, bytes, at)
    ) AS c
  ) AS l
  ORDER BY l.at;
  RETURN '{}';
END
$$;
