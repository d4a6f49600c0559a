/// A small knowledge base: one category, two folders, published articles.
struct SolutionSeed {
  let now: Int64

  private static let folders: [(name: String, articles: [(title: String, text: String)])] = [
    (
      "Getting started",
      [
        (
          "Signing in for the first time",
          "Open the invitation, choose a password and set up the second factor. The invitation "
            + "is valid for seven days."
        ),
        (
          "I forgot my password",
          "Choose \"Forgot password\" on the sign-in page. The mail comes within five minutes; "
            + "its link can be used once."
        ),
      ]
    ),
    (
      "Billing",
      [
        (
          "Where to find invoices",
          "All invoices are under Billing > Documents. Older ones are kept for ten years."
        ),
        (
          "How refunds work",
          "A refund goes back to the card that was charged, within five to seven working days."
        ),
      ]
    ),
  ]

  func fill(_ store: Store) throws {
    let times = JSONValue(time: now)
    try store.save(
      DocumentRecord(
        kind: .solutionCategory, id: 1, updatedAt: now,
        document: [
          "id": 1, "name": "Help for customers", "description": "Answers to common questions",
          "visible_in_portals": [1], "created_at": times, "updated_at": times,
        ]))
    var articleID: Int64 = 1
    for (index, folder) in Self.folders.enumerated() {
      let folderID = Int64(index + 1)
      try store.save(
        DocumentRecord(
          kind: .solutionFolder, id: folderID, parent: 1, updatedAt: now,
          document: [
            "id": .integer(folderID), "category_id": 1, "name": .string(folder.name),
            "description": "", "visibility": 1, "created_at": times, "updated_at": times,
            "articles_count": .integer(Int64(folder.articles.count)),
          ]))
      for article in folder.articles {
        try store.save(
          DocumentRecord(
            kind: .solutionArticle, id: articleID, parent: folderID, updatedAt: now,
            document: [
              "id": .integer(articleID), "type": 1, "status": 2, "agent_id": 1,
              "category_id": 1, "folder_id": .integer(folderID), "title": .string(article.title),
              "description": .string("<p>\(article.text)</p>"),
              "description_text": .string(article.text), "seo_data": .object([:]),
              "tags": .array([]), "attachments": .array([]), "cloud_files": .array([]),
              "thumbs_up": 3, "thumbs_down": 0, "hits": 41, "suggested": 0,
              "feedback_count": 0, "created_at": times, "updated_at": times,
            ]))
        articleID += 1
      }
    }
  }
}
