/// The knowledge base, to read. Folders have no hierarchy here.
enum SolutionRoutes {
  static func folders(_ call: APICall) throws -> APIReply {
    guard try call.store.document(.solutionCategory, call.id) != nil else {
      throw APIRefusal.notFound
    }
    return try SetUpRoutes.list(call, .solutionFolder, parent: call.id)
  }

  static func articles(_ call: APICall) throws -> APIReply {
    guard try call.store.document(.solutionFolder, call.id) != nil else {
      throw APIRefusal.notFound
    }
    return try SetUpRoutes.list(call, .solutionArticle, parent: call.id)
  }

  static func subfolders(_ call: APICall) throws -> APIReply {
    guard try call.store.document(.solutionFolder, call.id) != nil else {
      throw APIRefusal.notFound
    }
    return APIReply(body: Array("[]".utf8))
  }

  /// Articles with every word of the term in title or text.
  static func search(_ call: APICall) throws -> APIReply {
    let words = (call.value("term") ?? "").lowercased().split(separator: " ")
    let found = try call.store.documents(.solutionArticle).filter { article in
      let text =
        (article.name + " " + (article.document["description_text"]?.string ?? "")).lowercased()
      return words.allSatisfy { text.contains($0) }
    }
    return APIReply { writer in writer.array(found) { $0.object($1.document) } }
  }
}

extension Route {
  static let solutions: [Route] = [
    Route("GET", "solutions/categories", paged: true) {
      try SetUpRoutes.list($0, .solutionCategory)
    },
    Route("GET", "solutions/categories/:id") { try SetUpRoutes.view($0, .solutionCategory) },
    Route("GET", "solutions/categories/:id/folders", paged: true, SolutionRoutes.folders),
    Route("GET", "solutions/folders/:id") { try SetUpRoutes.view($0, .solutionFolder) },
    Route("GET", "solutions/folders/:id/subfolders", paged: true, SolutionRoutes.subfolders),
    Route("GET", "solutions/folders/:id/articles", paged: true, SolutionRoutes.articles),
    Route("GET", "solutions/articles/:id") { try SetUpRoutes.view($0, .solutionArticle) },
    Route("GET", "search/solutions", query: ["term"], SolutionRoutes.search),
  ]
}
