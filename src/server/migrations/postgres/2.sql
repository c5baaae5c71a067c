-- What somebody stands in is read without a look at each of their thousands of rows.
DROP INDEX members_by_person;
CREATE INDEX members_by_person ON members (person, document, role, until);

-- Links alone, for whoever reads past a snapshot that covers a long log.
CREATE INDEX links ON records (document, seq) WHERE link = 1;

-- As what somebody was a member. Those who left before this was noted count as coordinators: what they wrote in time
-- is still to be kept.
ALTER TABLE former_members ADD COLUMN role BIGINT NOT NULL DEFAULT 1;

-- Who sent it, where that is still known, and when it came, in seconds since 1970-01-01 UTC.
ALTER TABLE kept_aside ADD COLUMN person BYTEA;
ALTER TABLE kept_aside ADD COLUMN kept BIGINT NOT NULL DEFAULT 0;
UPDATE kept_aside SET kept = extract(epoch FROM now())::BIGINT,
  person = (SELECT person FROM devices WHERE devices.device = kept_aside.device);
-- What lies there is held to the same bound as what comes: see `sync::aside`.
DELETE FROM kept_aside WHERE (device, counter) IN (
  SELECT device, counter FROM (
    SELECT device, counter,
      sum(octet_length(bytes)) OVER (PARTITION BY document, coalesce(person, device)
        ORDER BY device, counter) AS here,
      sum(octet_length(bytes)) OVER (PARTITION BY coalesce(person, device)
        ORDER BY document, device, counter) AS in_all
    FROM kept_aside) sums
  WHERE here > 1048576 OR in_all > 8388608);
CREATE INDEX kept_aside_by_document ON kept_aside (document, device, counter);
CREATE INDEX kept_aside_by_age ON kept_aside (kept);

-- How many bytes of one person's are kept aside in a document, and under an empty name in all.
CREATE TABLE aside_sums (
  person BYTEA NOT NULL,
  document BYTEA NOT NULL,
  bytes BIGINT NOT NULL,
  PRIMARY KEY (person, document)
);
INSERT INTO aside_sums SELECT person, document, sum(octet_length(bytes))::BIGINT FROM kept_aside
  WHERE person IS NOT NULL GROUP BY person, document;
INSERT INTO aside_sums SELECT person, ''::BYTEA, sum(bytes)::BIGINT FROM aside_sums GROUP BY person;

-- When it was made; until when it lets one more in; and the code that it had before the device in it named another.
ALTER TABLE invitations ADD COLUMN made BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitations ADD COLUMN again_until BIGINT NOT NULL DEFAULT 0;
ALTER TABLE invitations ADD COLUMN spent BYTEA;
UPDATE invitations SET made = expires - 86400;
-- One code is one invitation's. Of two the first by name was the one it let in by.
DELETE FROM invitations WHERE invitation NOT IN (
  SELECT DISTINCT ON (code) invitation FROM invitations ORDER BY code, invitation);
DROP INDEX invitations_by_code;
CREATE UNIQUE INDEX invitations_by_code ON invitations (code);
CREATE INDEX invitations_by_spent ON invitations (spent);
CREATE INDEX invitations_by_device ON invitations (device);
