import SQLite

extension CacheReader {
  /// The tabs of one user: those that everybody has unless they are left out, then the user's own. A
  /// view of a standard one's name takes its place. Views whose query is not understood are left out.
  public func views(of preferences: Preferences) throws(SQLiteError) -> [SavedView] {
    let language = try language()
    let own = preferences.views.compactMap { definition in
      (try? language.parse(definition.query)).map {
        SavedView(name: definition.name, query: $0)
      }
    }
    var views =
      preferences.hidesStandardViews && !own.isEmpty ? [] : try directory().standardViews
    for view in own {
      if let index = views.firstIndex(where: { $0.name.lowercased() == view.name.lowercased() }) {
        views[index] = view
      } else {
        views.append(view)
      }
    }
    return views
  }
}
