-- What belongs to the whole installation: which log this is, the server's own key, the house.
CREATE TABLE about (
  name TEXT NOT NULL PRIMARY KEY,
  value BLOB NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE devices (
  device BLOB NOT NULL PRIMARY KEY,
  person BLOB NOT NULL
) STRICT, WITHOUT ROWID;

-- `chain` is the hash of the newest membership link; `head` the newest position in the log.
CREATE TABLE documents (
  document BLOB NOT NULL PRIMARY KEY,
  kind INTEGER NOT NULL,
  parent BLOB,
  chain BLOB NOT NULL,
  head INTEGER NOT NULL DEFAULT 0,
  snapshot_seq INTEGER,
  snapshot_covers INTEGER
) STRICT, WITHOUT ROWID;

-- `until` is the last day a membership holds, in days since 1970-01-01.
CREATE TABLE members (
  document BLOB NOT NULL,
  person BLOB NOT NULL,
  role INTEGER NOT NULL,
  until INTEGER,
  PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;
CREATE INDEX members_by_person ON members (person, document);

CREATE TABLE former_members (
  document BLOB NOT NULL,
  person BLOB NOT NULL,
  PRIMARY KEY (document, person)
) STRICT, WITHOUT ROWID;

-- The truth. `link` is 1 for a membership link, which no snapshot ever covers.
CREATE TABLE records (
  document BLOB NOT NULL,
  seq INTEGER NOT NULL,
  device BLOB NOT NULL,
  counter INTEGER NOT NULL,
  link INTEGER NOT NULL,
  hash BLOB NOT NULL,
  bytes BLOB NOT NULL,
  UNIQUE (document, seq),
  UNIQUE (device, counter)
) STRICT;

-- Records that came after their author's membership had ended: for the coordinator and the author.
CREATE TABLE kept_aside (
  device BLOB NOT NULL,
  counter INTEGER NOT NULL,
  document BLOB NOT NULL,
  bytes BLOB NOT NULL,
  PRIMARY KEY (device, counter)
) STRICT;

-- `code` is a hash; the code itself is nowhere. `expires` is in seconds since 1970-01-01 UTC.
CREATE TABLE invitations (
  invitation BLOB NOT NULL PRIMARY KEY,
  code BLOB NOT NULL,
  person BLOB NOT NULL,
  document BLOB NOT NULL,
  by_person BLOB NOT NULL,
  expires INTEGER NOT NULL,
  standing INTEGER NOT NULL,
  device BLOB
) STRICT, WITHOUT ROWID;
CREATE INDEX invitations_by_code ON invitations (code);

-- What has been used of a daily limit. A new day takes the old day's place.
CREATE TABLE spent (
  account BLOB NOT NULL PRIMARY KEY,
  day INTEGER NOT NULL,
  amount INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
