/// What a control call refuses with.
struct ControlComplaint: Error, Equatable {
  var status = 400
  /// For whoever made the call.
  var sentence: String
}
