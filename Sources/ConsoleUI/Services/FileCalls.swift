public import Helpdesk

/// Files of tickets, and the disk that they are saved to.
public struct FileCalls {
  /// Downloads files of a ticket: to a path, or into a folder where it ends in a slash or there are
  /// several. Answers with one sentence. Never overwrites.
  public var save:
    (
      _ files: [Attachment], _ ticket: TicketID, _ destination: String,
      _ answer: @escaping Answer<Result<String, CallFailure>>
    ) -> Void
  /// Downloads a file that is text, and answers with it.
  public var text:
    (
      _ file: Attachment, _ ticket: TicketID,
      _ answer: @escaping Answer<Result<String, CallFailure>>
    ) -> Void
  /// Where a file is saved unless the user says otherwise; a folder without a name.
  public var proposal: (_ name: String?) -> String

  public init(
    save:
      @escaping (
        [Attachment], TicketID, String, @escaping Answer<Result<String, CallFailure>>
      ) -> Void,
    text:
      @escaping (
        Attachment, TicketID, @escaping Answer<Result<String, CallFailure>>
      ) -> Void,
    proposal: @escaping (String?) -> String
  ) {
    self.save = save
    self.text = text
    self.proposal = proposal
  }
}
