import SQLite

/// The format of `cache.db`. All of it can be fetched again, so a change that is hard to migrate
/// may drop and refill a table. Times are seconds since 1970; missing agents and groups are 0, so
/// that "nobody" can be found by an index.
enum CacheSchema {
  static let migrator = Migrator(
    applicationID: 0x5443_6361,
    migrations: [
      .init("first format", tables + indexes + words), .init("pending changes", pending),
      .init("customers by name", customers, then: CustomerIndexing.fill),
      .init("failures, recipients, delivery", failuresAndRecipients),
    ])

  private static let failuresAndRecipients = """
    ALTER TABLE messages ADD COLUMN is_repeated INTEGER NOT NULL DEFAULT 0;
    ALTER TABLE messages ADD COLUMN failed_emails TEXT NOT NULL DEFAULT '';
    ALTER TABLE tickets ADD COLUMN reply_cc_emails TEXT;
    ALTER TABLE tickets ADD COLUMN support_emails TEXT NOT NULL DEFAULT '';
    CREATE TABLE mailboxes (email TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
    CREATE TABLE sync_failures (
      part TEXT PRIMARY KEY,
      phase TEXT NOT NULL,
      reason TEXT NOT NULL,
      kind TEXT NOT NULL,
      since INTEGER NOT NULL,
      latest INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE thread_failures (
      ticket_id INTEGER PRIMARY KEY,
      reason TEXT NOT NULL,
      tries INTEGER NOT NULL,
      failed_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE shown_threads (
      ticket_id INTEGER PRIMARY KEY,
      conversation_id INTEGER NOT NULL
    ) STRICT;
    """

  private static let tables = """
    CREATE TABLE tickets (
      id INTEGER PRIMARY KEY,
      subject TEXT NOT NULL,
      requester_name TEXT NOT NULL,
      company_name TEXT NOT NULL,
      status INTEGER NOT NULL,
      stage INTEGER NOT NULL,
      priority INTEGER NOT NULL,
      agent_id INTEGER NOT NULL,
      group_id INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      due_key INTEGER NOT NULL,
      first_response_due_at INTEGER,
      due_at INTEGER,
      is_answered INTEGER NOT NULL,
      needs_answer INTEGER NOT NULL,
      seen_at INTEGER NOT NULL,
      customer_spoke_at INTEGER NOT NULL,
      agent_spoke_at INTEGER NOT NULL,
      requester_id INTEGER NOT NULL,
      company_id INTEGER,
      source INTEGER NOT NULL,
      type TEXT,
      flags INTEGER NOT NULL,
      requester_email TEXT,
      tags TEXT NOT NULL,
      cc_emails TEXT NOT NULL,
      custom_fields TEXT,
      moments TEXT,
      fetched_at INTEGER NOT NULL,
      thread_fetched_at INTEGER,
      thread_version INTEGER
    ) STRICT;
    CREATE TABLE ticket_tags (
      tag TEXT NOT NULL,
      ticket_id INTEGER NOT NULL,
      PRIMARY KEY (tag, ticket_id)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE tag_counts (
      tag TEXT PRIMARY KEY,
      label TEXT NOT NULL,
      tickets INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE ticket_counts (
      agent_id INTEGER NOT NULL,
      group_id INTEGER NOT NULL,
      status INTEGER NOT NULL,
      tickets INTEGER NOT NULL,
      needing_answer INTEGER NOT NULL,
      PRIMARY KEY (agent_id, group_id, status)
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE messages (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL,
      conversation_id INTEGER,
      kind TEXT NOT NULL,
      author_id INTEGER NOT NULL,
      from_email TEXT,
      to_emails TEXT NOT NULL,
      cc_emails TEXT NOT NULL,
      text TEXT NOT NULL,
      attachments TEXT,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL,
      edited_at INTEGER
    ) STRICT;
    CREATE UNIQUE INDEX messages_by_conversation
      ON messages (conversation_id) WHERE conversation_id IS NOT NULL;
    CREATE INDEX messages_by_ticket ON messages (ticket_id, id);
    CREATE TABLE contacts (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      email TEXT,
      other_emails TEXT NOT NULL,
      phone TEXT,
      mobile TEXT,
      job_title TEXT,
      language TEXT,
      time_zone TEXT,
      notes TEXT,
      company_id INTEGER,
      tags TEXT NOT NULL,
      is_deleted INTEGER NOT NULL,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX contacts_by_email ON contacts (email);
    CREATE TABLE companies (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      domains TEXT NOT NULL,
      details TEXT,
      note TEXT,
      health_score TEXT,
      account_tier TEXT,
      industry TEXT,
      renewal_date INTEGER,
      created_at INTEGER NOT NULL,
      updated_at INTEGER NOT NULL
    ) STRICT;
    CREATE TABLE agents (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      email TEXT,
      is_available INTEGER NOT NULL,
      signature TEXT,
      group_ids TEXT NOT NULL
    ) STRICT;
    CREATE TABLE groups (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      agent_ids TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ticket_fields (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      label TEXT NOT NULL,
      type TEXT NOT NULL,
      is_required_for_closure INTEGER NOT NULL,
      choices TEXT NOT NULL
    ) STRICT;
    CREATE TABLE canned_responses (
      id INTEGER PRIMARY KEY,
      title TEXT NOT NULL,
      folder TEXT NOT NULL,
      text TEXT NOT NULL,
      html TEXT NOT NULL
    ) STRICT;
    CREATE TABLE ratings (
      id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL,
      contact_id INTEGER NOT NULL,
      score INTEGER NOT NULL,
      feedback TEXT,
      created_at INTEGER NOT NULL
    ) STRICT;
    CREATE INDEX ratings_by_ticket ON ratings (ticket_id);
    CREATE TABLE sync_cursors (
      phase TEXT PRIMARY KEY,
      window_start INTEGER,
      page INTEGER NOT NULL,
      newest_seen INTEGER,
      finished_at INTEGER,
      is_full INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE account_facts (
      name TEXT PRIMARY KEY,
      value TEXT NOT NULL
    ) STRICT, WITHOUT ROWID;
    """

  /// Own changes that the helpdesk has not answered yet. The rows of `tickets` show them;
  /// `pending_bases` keeps the helpdesk's own values of the tickets that have some.
  private static let pending = """
    ALTER TABLE tickets ADD COLUMN pending INTEGER NOT NULL DEFAULT 0;
    CREATE TABLE pending_changes (
      write_id INTEGER PRIMARY KEY,
      ticket_id INTEGER NOT NULL,
      change TEXT NOT NULL
    ) STRICT;
    CREATE INDEX pending_by_ticket ON pending_changes (ticket_id, write_id);
    CREATE TABLE pending_bases (
      ticket_id INTEGER PRIMARY KEY,
      fields TEXT NOT NULL
    ) STRICT;
    """

  /// Each order of each kind of view has an index that ends in the sort key and the number. Orders
  /// by number and by status go through the status indexes.
  private static let indexes: String = {
    var script = """
      CREATE INDEX tickets_by_status ON tickets (status, id);
      CREATE INDEX tickets_by_agent_status ON tickets (agent_id, status, id);
      CREATE INDEX tickets_by_group_status ON tickets (group_id, status, id);
      """
    for (name, column) in [
      ("due", "due_key"), ("updated", "updated_at"), ("created", "created_at"),
      ("priority", "priority"),
    ] {
      script += """
        CREATE INDEX tickets_by_stage_\(name) ON tickets (stage, \(column), id);
        CREATE INDEX tickets_by_agent_\(name) ON tickets (agent_id, stage, \(column), id);
        CREATE INDEX tickets_by_group_\(name) ON tickets (group_id, stage, \(column), id);
        """
    }
    return script + """
      CREATE INDEX tickets_by_requester ON tickets (requester_id, updated_at, id);
      CREATE INDEX tickets_by_company
        ON tickets (company_id, updated_at, id) WHERE company_id IS NOT NULL;
      CREATE INDEX tickets_needing_answer ON tickets (updated_at, id) WHERE needs_answer = 1;
      CREATE INDEX tickets_wanting_thread
        ON tickets (stage, updated_at) WHERE thread_version IS NOT updated_at AND stage < 2;
      """
  }()

  /// Full-text indexes without a copy of the text: the rows that they speak of are in `tickets`
  /// and `messages`, and what was indexed can be made again from those. `detail = none` keeps no places of words: the
  /// index is a third of the size, and beginnings of common words are found several times faster;
  /// words that have to stand together are looked for in the text of the hit.
  private static let words = """
    CREATE VIRTUAL TABLE queue_words USING fts5(
      words, content = '', detail = none, prefix = '1 2 3 4',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
    CREATE VIRTUAL TABLE message_words USING fts5(
      words, content = '', detail = none, prefix = '2 3 4 5',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
    """

  /// Everybody who may have asked, contacts and other requesters, with the words by which they are
  /// found; the companies' words; and the words of the queue made again, with addresses.
  private static let customers = """
    CREATE TABLE customers (
      id INTEGER PRIMARY KEY,
      name TEXT NOT NULL,
      email TEXT,
      phone TEXT,
      words TEXT NOT NULL
    ) STRICT;
    CREATE VIRTUAL TABLE customer_words USING fts5(
      words, content = '', detail = none, prefix = '1 2 3 4',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
    CREATE VIRTUAL TABLE company_words USING fts5(
      words, content = '', detail = none, prefix = '1 2 3 4',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
    DROP TABLE queue_words;
    CREATE VIRTUAL TABLE queue_words USING fts5(
      words, content = '', detail = none, prefix = '1 2 3 4',
      tokenize = "unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'");
    """
}
