-- AlterTable
ALTER TABLE "Document" ALTER COLUMN "firstState" DROP NOT NULL;

-- AlterTable
ALTER TABLE "DocumentUpdate" ADD COLUMN     "checksum" BYTEA;

-- AlterTable
ALTER TABLE "DocumentSnapshot" ADD COLUMN     "checksum" BYTEA;

-- AlterTable
ALTER TABLE "Version" ADD COLUMN     "checksum" BYTEA;

-- Nothing is carried over onto the first generation, and its first state stands in its log.
UPDATE "Document" SET "firstState" = NULL WHERE "generation" = 1;
UPDATE "DocumentUpdate" SET "checksum" = substring(sha256("data") FROM 1 FOR 8);
UPDATE "DocumentSnapshot" SET "checksum" = substring(sha256("data") FROM 1 FOR 8);
UPDATE "Version" SET "checksum" = substring(sha256("state") FROM 1 FOR 8);

ALTER TABLE "DocumentUpdate" ALTER COLUMN "checksum" SET NOT NULL;
ALTER TABLE "DocumentSnapshot" ALTER COLUMN "checksum" SET NOT NULL;
ALTER TABLE "Version" ALTER COLUMN "checksum" SET NOT NULL;

-- As it was, and with the checksum of what is written.
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
    JOIN "Meeting" m ON m."id" = i."meetingId" AND m."state" = 'preparing'
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
