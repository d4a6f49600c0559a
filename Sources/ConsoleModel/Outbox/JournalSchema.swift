import SQLite

/// The format of `journal.db`. Steps are never edited after a release.
enum JournalSchema {
  static let migrator = Migrator(
    applicationID: 0x5443_4a4e,
    migrations: [
      Migrator.Migration(
        "writes, drafts, audit",
        """
        CREATE TABLE batches (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          title TEXT NOT NULL,
          created_at INTEGER NOT NULL,
          complete_until INTEGER
        ) STRICT;
        CREATE TABLE writes (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          account TEXT NOT NULL,
          batch INTEGER REFERENCES batches (id),
          ticket_id INTEGER NOT NULL,
          kind TEXT NOT NULL,
          payload TEXT NOT NULL,
          state TEXT NOT NULL,
          revision INTEGER NOT NULL DEFAULT 1,
          digest TEXT,
          customer_facing INTEGER NOT NULL,
          attempts INTEGER NOT NULL DEFAULT 0,
          returns INTEGER NOT NULL DEFAULT 0,
          created_at INTEGER NOT NULL,
          updated_at INTEGER NOT NULL,
          hold_seconds INTEGER NOT NULL DEFAULT 0,
          hold_until INTEGER,
          not_before INTEGER,
          remote_id INTEGER,
          problem TEXT,
          waiting_for TEXT,
          conflict TEXT,
          follows INTEGER REFERENCES writes (id),
          repeats INTEGER REFERENCES writes (id),
          undone_by INTEGER REFERENCES writes (id),
          looks_left INTEGER NOT NULL DEFAULT 0,
          given_up INTEGER NOT NULL DEFAULT 0,
          attempt INTEGER
        ) STRICT;
        CREATE INDEX writes_by_ticket ON writes (ticket_id, id);
        CREATE INDEX writes_by_batch ON writes (batch) WHERE batch IS NOT NULL;
        CREATE INDEX writes_open ON writes (id)
          WHERE state NOT IN ('sent', 'rejected', 'undone');
        CREATE INDEX writes_following ON writes (follows) WHERE follows IS NOT NULL;
        CREATE TABLE write_revisions (
          write INTEGER NOT NULL REFERENCES writes (id),
          revision INTEGER NOT NULL,
          payload TEXT NOT NULL,
          digest TEXT,
          at INTEGER NOT NULL,
          PRIMARY KEY (write, revision)
        ) STRICT, WITHOUT ROWID;
        CREATE TABLE transitions (
          id INTEGER PRIMARY KEY,
          write INTEGER NOT NULL REFERENCES writes (id),
          at INTEGER NOT NULL,
          from_state TEXT,
          event TEXT NOT NULL,
          to_state TEXT NOT NULL,
          detail TEXT
        ) STRICT;
        CREATE INDEX transitions_by_write ON transitions (write, id);
        CREATE TABLE attempts (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          write INTEGER NOT NULL REFERENCES writes (id),
          at INTEGER NOT NULL,
          owner TEXT NOT NULL,
          digest TEXT NOT NULL,
          agent_id INTEGER,
          watermark INTEGER NOT NULL DEFAULT 0,
          server_time INTEGER,
          ended_at INTEGER,
          outcome TEXT
        ) STRICT;
        CREATE INDEX attempts_by_write ON attempts (write, id);
        CREATE TABLE drafts (
          id INTEGER PRIMARY KEY AUTOINCREMENT,
          account TEXT NOT NULL,
          ticket_id INTEGER NOT NULL,
          kind TEXT NOT NULL,
          content TEXT NOT NULL,
          updated_at INTEGER NOT NULL,
          parked INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE UNIQUE INDEX drafts_current ON drafts (account, ticket_id, kind) WHERE parked = 0;
        CREATE TABLE audit (
          number INTEGER PRIMARY KEY,
          hash TEXT NOT NULL,
          record TEXT NOT NULL
        ) STRICT;
        CREATE TABLE audit_file (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          written INTEGER NOT NULL
        ) STRICT;
        INSERT INTO audit_file VALUES (1, 0);
        CREATE TABLE sender (
          id INTEGER PRIMARY KEY CHECK (id = 1),
          owner TEXT NOT NULL,
          since INTEGER NOT NULL
        ) STRICT;
        """),
      Migrator.Migration(
        "revisions of drafts, and which window has one open",
        """
        ALTER TABLE drafts ADD COLUMN revision INTEGER NOT NULL DEFAULT 1;
        CREATE TABLE open_drafts (
          owner TEXT PRIMARY KEY,
          account TEXT NOT NULL,
          ticket_id INTEGER NOT NULL,
          kind TEXT NOT NULL
        ) STRICT;
        """),
      // The sender asks for what is due, and that must not cost more the more is open.
      Migrator.Migration(
        "indexes of what is due",
        """
        CREATE INDEX writes_by_state ON writes (state, id);
        CREATE INDEX writes_queued_single ON writes (id) WHERE state = 'queued' AND batch IS NULL;
        CREATE INDEX writes_queued_bulk ON writes (id) WHERE state = 'queued' AND batch IS NOT NULL;
        CREATE INDEX writes_open_by_ticket ON writes (ticket_id, id)
          WHERE state NOT IN ('sent', 'rejected', 'undone');
        CREATE INDEX writes_held ON writes (hold_until) WHERE hold_until IS NOT NULL;
        CREATE INDEX writes_delayed ON writes (not_before) WHERE not_before IS NOT NULL;
        CREATE INDEX writes_repeating ON writes (repeats) WHERE repeats IS NOT NULL;
        """),
    ])
}
