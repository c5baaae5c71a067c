-- When a device came, in seconds since 1970-01-01 UTC, and who had made its code. `own` names the devices of a person
-- that have said yes to each other, and it is they that stand in `members` for a notebook (kind 4). Those that were
-- there before this was kept are one group, named by one of them.
ALTER TABLE devices ADD COLUMN own BYTEA;
ALTER TABLE devices ADD COLUMN since BIGINT NOT NULL DEFAULT 0;
ALTER TABLE devices ADD COLUMN by_person BYTEA;
CREATE INDEX devices_by_person ON devices (person);
UPDATE devices SET own = (
  SELECT substr(first.device, 1, 16) FROM devices AS first WHERE first.person = devices.person
  ORDER BY first.device LIMIT 1);
UPDATE members SET person = (SELECT own FROM devices WHERE devices.person = members.person LIMIT 1)
  WHERE document IN (SELECT document FROM documents WHERE kind = 4)
    AND person IN (SELECT person FROM devices);

-- Devices that were somebody's, when they were put out, and by whom.
CREATE TABLE devices_out (
  device BYTEA NOT NULL PRIMARY KEY,
  person BYTEA NOT NULL,
  at BIGINT NOT NULL,
  by_person BYTEA
);
