-- Writes updates of many documents, all or none, in one step to and from the database, and answers the ids of those
-- documents that take no more; when there is one, nothing was written. The update of the nth document id, by the nth
-- user, is the next lengths[n] bytes of words.
CREATE FUNCTION append_updates(documents text[], users text[], lengths int[], words bytea)
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
  INSERT INTO "DocumentUpdate" ("documentId", "data", "userId")
  SELECT l.document, substring(words FROM l.until - l.bytes + 1 FOR l.bytes), l.author
  FROM (
    SELECT u.*, (sum(u.bytes) OVER (ORDER BY u.at))::int AS until
    FROM unnest(documents, users, lengths) WITH ORDINALITY AS u (document, author, bytes, at)
  ) AS l
  ORDER BY l.at;
  RETURN '{}';
END
$$;
