-- Puts what these rows of a document's log come to in their place, in one step to and from the database; answers false,
-- and does nothing, when one of them is gone: another compaction was faster.
CREATE FUNCTION compact_document(document text, seqs bigint[], up_to bigint, merged bytea, merged_checksum bytea)
RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  PERFORM 1 FROM "Document" WHERE "id" = document FOR UPDATE;
  -- A statement of its own: only one that starts behind the lock sees what its last holder changed.
  IF (SELECT count(*) FROM "DocumentUpdate" WHERE "seq" = ANY (seqs)) <> cardinality(seqs) THEN
    RETURN false;
  END IF;
  DELETE FROM "DocumentUpdate" WHERE "seq" = ANY (seqs);
  INSERT INTO "DocumentSnapshot" ("documentId", "upToSeq", "data", "checksum")
  VALUES (document, up_to, merged, merged_checksum)
  ON CONFLICT ("documentId") DO UPDATE SET
    "upToSeq" = excluded."upToSeq", "data" = excluded."data", "checksum" = excluded."checksum", "updatedAt" = now();
  RETURN true;
END
$$;
