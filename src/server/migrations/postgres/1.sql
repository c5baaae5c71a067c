-- What belongs to the whole installation: which log this is, the server's own key, the house.
CREATE TABLE about (
  name TEXT NOT NULL PRIMARY KEY,
  value BYTEA NOT NULL
);

CREATE TABLE devices (
  device BYTEA NOT NULL PRIMARY KEY,
  person BYTEA NOT NULL
);

-- `chain` is the hash of the newest membership link; `head` the newest position in the log.
CREATE TABLE documents (
  document BYTEA NOT NULL PRIMARY KEY,
  kind BIGINT NOT NULL,
  parent BYTEA,
  chain BYTEA NOT NULL,
  head BIGINT NOT NULL DEFAULT 0,
  snapshot_seq BIGINT,
  snapshot_covers BIGINT
);

-- `until` is the last day a membership holds, in days since 1970-01-01.
CREATE TABLE members (
  document BYTEA NOT NULL,
  person BYTEA NOT NULL,
  role BIGINT NOT NULL,
  until BIGINT,
  PRIMARY KEY (document, person)
);
CREATE INDEX members_by_person ON members (person, document);

CREATE TABLE former_members (
  document BYTEA NOT NULL,
  person BYTEA NOT NULL,
  PRIMARY KEY (document, person)
);

-- The truth. `link` is 1 for a membership link, which no snapshot ever covers.
CREATE TABLE records (
  document BYTEA NOT NULL,
  seq BIGINT NOT NULL,
  device BYTEA NOT NULL,
  counter BIGINT NOT NULL,
  link BIGINT NOT NULL,
  hash BYTEA NOT NULL,
  bytes BYTEA NOT NULL,
  UNIQUE (document, seq),
  UNIQUE (device, counter)
);

-- Records that came after their author's membership had ended: for the coordinator and the author.
CREATE TABLE kept_aside (
  device BYTEA NOT NULL,
  counter BIGINT NOT NULL,
  document BYTEA NOT NULL,
  bytes BYTEA NOT NULL,
  PRIMARY KEY (device, counter)
);

-- `code` is a hash; the code itself is nowhere. `expires` is in seconds since 1970-01-01 UTC.
CREATE TABLE invitations (
  invitation BYTEA NOT NULL PRIMARY KEY,
  code BYTEA NOT NULL,
  person BYTEA NOT NULL,
  document BYTEA NOT NULL,
  by_person BYTEA NOT NULL,
  expires BIGINT NOT NULL,
  standing BIGINT NOT NULL,
  device BYTEA
);
CREATE INDEX invitations_by_code ON invitations (code);

-- What has been used of a daily limit. A new day takes the old day's place.
CREATE TABLE spent (
  account BYTEA NOT NULL PRIMARY KEY,
  day BIGINT NOT NULL,
  amount BIGINT NOT NULL
);

-- What is sealed does not shrink, so trying costs time and gives nothing.
ALTER TABLE records ALTER COLUMN bytes SET STORAGE EXTERNAL;
ALTER TABLE kept_aside ALTER COLUMN bytes SET STORAGE EXTERNAL;
