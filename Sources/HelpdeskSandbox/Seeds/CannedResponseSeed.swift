/// Ready answers in folders, with the vendor's placeholders.
struct CannedResponseSeed {
  let now: Int64

  private static let folders: [(name: String, responses: [(title: String, text: String)])] = [
    (
      "General",
      [
        (
          "First answer",
          "Hi {{ticket.requester.firstname}},\n\nthank you for writing to us. I am looking into "
            + "this and will come back to you today.\n\nBest regards,\n{{ticket.agent.name}}"
        ),
        (
          "Ask for details",
          "Hi {{ticket.requester.firstname}},\n\ncould you tell us when this happened, what you "
            + "expected to see, and send us a screenshot if you have one?"
        ),
        (
          "Closing",
          "Hi {{ticket.requester.firstname}},\n\nI am glad that this works now. I will close "
            + "ticket #{{ticket.id}}; just reply if anything is left."
        ),
      ]
    ),
    (
      "Billing",
      [
        (
          "Refund on its way",
          "Hi {{ticket.requester.firstname}},\n\nthe refund has been booked. Depending on your "
            + "bank it arrives within 5 to 7 working days."
        ),
        (
          "Copy of invoice",
          "Hi {{ticket.requester.firstname}},\n\nplease find a copy of the invoice attached."
        ),
      ]
    ),
    (
      "Technical",
      [
        (
          "Clear the cache",
          "Hi {{ticket.requester.firstname}},\n\nplease sign out, clear the cache of the browser "
            + "and sign in again. Does the problem come back?"
        ),
        (
          "Known problem",
          "Hi {{ticket.requester.firstname}},\n\nthis is a known problem. A correction is being "
            + "tested and comes with the next release; I will tell you the day it is out."
        ),
      ]
    ),
  ]

  func fill(_ store: Store) throws {
    let times = JSONValue(time: now)
    var responseID: Int64 = 301
    for (index, folder) in Self.folders.enumerated() {
      let folderID = Int64(201 + index)
      try store.save(
        DocumentRecord(
          kind: .cannedFolder, id: folderID, updatedAt: now,
          document: [
            "id": .integer(folderID), "name": .string(folder.name), "personal": false,
            "responses_count": .integer(Int64(folder.responses.count)), "created_at": times,
            "updated_at": times,
          ]))
      for response in folder.responses {
        try store.save(
          DocumentRecord(
            kind: .cannedResponse, id: responseID, parent: folderID, updatedAt: now,
            document: [
              "id": .integer(responseID), "title": .string(response.title),
              "folder_id": .integer(folderID), "content": .string(response.text),
              "content_html": .string(MailBody.html(response.text)), "attachments": .array([]),
              "created_at": times, "updated_at": times, "group_ids": .array([]),
              "visibility": 0,
            ]))
        responseID += 1
      }
    }
  }
}
