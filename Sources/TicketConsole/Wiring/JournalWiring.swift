import ConsoleModel
import ConsoleUI
import Helpdesk
import SQLite

extension JournalCalls {
  /// Writes of the console, through the account's journal. Each answers when it is on disk.
  static func to(
    _ journal: Journal, flush: @escaping @Sendable () -> Void,
    forecast: @escaping (Int) -> Forecast
  ) -> JournalCalls {
    let order = CallOrder()
    let window = ProcessIdentity.current(token: .random(in: 0 ... .max))
    /// Runs work in the background and answers once, whatever happens.
    func run<Value: Sendable>(
      _ answer: @escaping Answer<Result<Value, CallFailure>>,
      _ work: @escaping @Sendable () async throws -> Value
    ) {
      order.add {
        do {
          answer(.success(try await work()))
        } catch {
          answer(.failure(FailureSentences.failure(for: error)))
        }
      }
    }
    return JournalCalls(
      saveDraft: { draft, known, answer in
        order.add {
          // The screen says itself where the words are when they could not be saved.
          do throws(SQLiteError) {
            answer(.success(try await journal.drafts.save(draft, over: known)))
          } catch {
            answer(.failure(CallFailure(error.explanation)))
          }
        }
      },
      removeDraft: { reference, answer in
        run(answer) { try await journal.drafts.delete(reference) }
      },
      setOpenDraft: { key, answer in
        order.add {
          let draft = key.map { ($0.ticketID, $0.kind) }
          // Who else writes is only told; without an answer nobody is named.
          answer((try? await journal.drafts.setOpen(draft, by: window)) ?? [])
        }
      },
      submit: { submissions, draft, answer in
        run(answer) { try await submit(submissions, madeOf: draft, to: journal) }
      },
      undo: { target, answer in
        run(answer) { try await undo(target, in: journal) }
      },
      stopBatch: { batch, answer in
        run(answer) { try await journal.stopBatch(batch) }
      },
      change: { change, id, answer in
        run(answer) { try await apply(change, to: id, in: journal) }
      },
      flush: { answer in
        run(answer) {
          try await journal.releaseHolds()
          flush()
          let counts = try await journal.counts()
          return counts.waiting + counts.held == 0
            ? "Nothing waits in the outbox." : "Sending what waits in the outbox."
        }
      },
      setStopped: { isOn, answer in
        // A brake waits for nothing.
        Task {
          do {
            try await journal.setStopped(isOn)
            if !isOn { flush() }
            answer(.success(()))
          } catch {
            answer(.failure(FailureSentences.failure(for: error)))
          }
        }
      },
      forecast: forecast)
  }

  private static func submit(
    _ submissions: [Submission], madeOf draft: DraftReference?, to journal: Journal
  ) async throws -> SubmissionReceipt {
    var ids: [WriteID] = []
    var updates: [(ticketID: TicketID, content: UpdateContent)] = []
    var batch: BatchID?
    for submission in submissions {
      switch submission {
      case .reply(let ticket, let content):
        ids.append(
          try await journal.proposeAndConfirm(ticket, .reply(content), madeOf: draft))
      case .privateNote(let ticket, let content):
        ids.append(
          try await journal.proposeAndConfirm(ticket, .privateNote(content), madeOf: draft))
      case .update(let ticket, let content): updates.append((ticket, content))
      }
    }
    if !updates.isEmpty {
      let queued = try await journal.submitUpdates(updates)
      ids += queued.writes
      batch = queued.batch
    }
    var holdUntil: Timestamp?
    if let first = ids.first { holdUntil = try await journal.write(first)?.holdUntil }
    return SubmissionReceipt(ids: ids, batch: batch, holdUntil: holdUntil)
  }

  private static func undo(_ target: UndoTarget, in journal: Journal) async throws -> UndoReceipt {
    switch target {
    case .write(let id): try await journal.undo(id)
    case .batch(let batch): try await journal.undoBatch(batch)
    }
  }

  private static func apply(
    _ change: OutboxChange, to id: WriteID, in journal: Journal
  ) async throws -> String {
    switch change {
    case .retry:
      try await journal.retry(id)
      return "Trying again."
    case .sendAnyway:
      let seen = try await journal.write(id)?.conflict?.newestConversationID
      try await journal.sendAnyway(id, seen: seen)
      return "Confirmed again; it is held and then sent."
    case .sendAgain:
      _ = try await journal.sendAgainConfirmed(id)
      return "A second copy is held and then sent."
    case .lookAgain:
      try await journal.lookAgain(id)
      return "Looking in the thread again; nothing is sent."
    case .edit:
      guard let back = try await journal.returnToDraft(id) else { return "It was taken back." }
      return back.isParked
        ? "#\(back.draft.ticketID) has a newer draft; these words are kept beside it."
        : "#\(back.draft.ticketID) is a draft again."
    case .discard:
      try await journal.discard(id)
      return "Discarded."
    }
  }
}
