import SQLite

/// The sandbox's tables. What is filtered or sorted by has a column; small set-up resources are
/// documents.
enum StoreSchema {
  static let migrator = Migrator(
    applicationID: 0x5443_5342,
    migrations: [.init("tables", tables)])

  /// Indexes, made after the generator has filled the tables.
  static let indexes = """
    CREATE INDEX IF NOT EXISTS tickets_updated ON tickets (state, updated_at, id);
    CREATE INDEX IF NOT EXISTS tickets_created ON tickets (state, created_at, id);
    CREATE INDEX IF NOT EXISTS tickets_due ON tickets (state, due_by, id);
    CREATE INDEX IF NOT EXISTS tickets_status ON tickets (state, status, id);
    CREATE INDEX IF NOT EXISTS tickets_requester ON tickets (requester_id, created_at);
    CREATE INDEX IF NOT EXISTS tickets_company ON tickets (company_id, created_at);
    CREATE INDEX IF NOT EXISTS tickets_agent ON tickets (responder_id, status);
    CREATE INDEX IF NOT EXISTS conversations_ticket ON conversations (ticket_id, id);
    CREATE INDEX IF NOT EXISTS contacts_email ON contacts (email);
    CREATE INDEX IF NOT EXISTS contacts_name ON contacts (name, id);
    CREATE INDEX IF NOT EXISTS contacts_updated ON contacts (updated_at, id);
    CREATE INDEX IF NOT EXISTS contacts_company ON contacts (company_id, name);
    CREATE INDEX IF NOT EXISTS searched_status ON searched_tickets (status, created_at);
    CREATE INDEX IF NOT EXISTS searched_agent ON searched_tickets (agent_id, created_at);
    CREATE INDEX IF NOT EXISTS searched_group ON searched_tickets (group_id, created_at);
    CREATE INDEX IF NOT EXISTS searched_updated ON searched_tickets (updated_at);
    CREATE INDEX IF NOT EXISTS searched_created ON searched_tickets (created_at);
    """

  private static let tables = """
    CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    CREATE TABLE agents (
      id INTEGER PRIMARY KEY, api_key TEXT NOT NULL UNIQUE, name TEXT NOT NULL,
      email TEXT NOT NULL, role TEXT NOT NULL, scope INTEGER NOT NULL, document TEXT NOT NULL
    ) STRICT;
    CREATE TABLE documents (
      kind TEXT NOT NULL, id INTEGER NOT NULL, parent INTEGER, name TEXT NOT NULL,
      updated_at INTEGER NOT NULL, document TEXT NOT NULL, PRIMARY KEY (kind, id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE contacts (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, email TEXT, phone TEXT, mobile TEXT,
      company_id INTEGER, unique_external_id TEXT, state TEXT NOT NULL, active INTEGER NOT NULL,
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, document TEXT NOT NULL
    ) STRICT;
    CREATE TABLE tickets (
      id INTEGER PRIMARY KEY, state INTEGER NOT NULL, subject TEXT, status INTEGER NOT NULL,
      priority INTEGER NOT NULL, type TEXT, source INTEGER NOT NULL, requester_id INTEGER NOT NULL,
      responder_id INTEGER, group_id INTEGER, company_id INTEGER, product_id INTEGER,
      email_config_id INTEGER, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
      due_by INTEGER, fr_due_by INTEGER, due_known_at INTEGER NOT NULL, tags TEXT NOT NULL,
      cc_emails TEXT NOT NULL, to_emails TEXT, custom_fields TEXT NOT NULL,
      agent_responded_at INTEGER, requester_responded_at INTEGER, first_responded_at INTEGER,
      status_updated_at INTEGER, reopened_at INTEGER, resolved_at INTEGER, closed_at INTEGER,
      pending_since INTEGER, parent_id INTEGER
    ) STRICT;
    CREATE TABLE descriptions (
      ticket_id INTEGER PRIMARY KEY, body TEXT NOT NULL, attachments TEXT
    ) STRICT;
    CREATE TABLE conversations (
      id INTEGER PRIMARY KEY, ticket_id INTEGER NOT NULL, user_id INTEGER NOT NULL,
      source INTEGER NOT NULL, category INTEGER NOT NULL, incoming INTEGER NOT NULL,
      private INTEGER NOT NULL, created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL,
      last_edited_at INTEGER, last_edited_user_id INTEGER, to_emails TEXT, cc_emails TEXT,
      bcc_emails TEXT, from_email TEXT, body TEXT NOT NULL, attachments TEXT
    ) STRICT;
    CREATE TABLE attachments (
      id INTEGER PRIMARY KEY, name TEXT NOT NULL, content_type TEXT NOT NULL, content BLOB NOT NULL
    ) STRICT;
    CREATE TABLE watchers (
      ticket_id INTEGER NOT NULL, user_id INTEGER NOT NULL, PRIMARY KEY (ticket_id, user_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE deliveries (
      n INTEGER PRIMARY KEY, at INTEGER NOT NULL, ticket_id INTEGER NOT NULL, kind TEXT NOT NULL,
      to_emails TEXT NOT NULL, cc_emails TEXT NOT NULL, bcc_emails TEXT NOT NULL,
      body TEXT NOT NULL, conversation_id INTEGER
    ) STRICT;
    CREATE TABLE searched_tickets (
      id INTEGER PRIMARY KEY, agent_id INTEGER, group_id INTEGER, priority INTEGER NOT NULL,
      status INTEGER NOT NULL, type TEXT, tags TEXT NOT NULL, due_by INTEGER, fr_due_by INTEGER,
      created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL, custom_fields TEXT NOT NULL
    ) STRICT;
    CREATE TABLE unsearched_tickets (
      ticket_id INTEGER PRIMARY KEY, ready_at INTEGER NOT NULL
    ) STRICT;
    """
}
