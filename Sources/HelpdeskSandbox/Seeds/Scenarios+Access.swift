extension Scenarios {
  /// Signing in, accounts, privacy.
  static let access: [Scenario] = [
    Scenario(
      group: 105, type: "Incident", priority: 3, tags: ["login", "2fa"],
      subjects: [
        "Locked out after new phone", "Authenticator codes are not accepted",
        "Cannot sign in, second factor lost",
      ],
      openings: [
        "Hi,\n\nmy old phone is gone and with it the authenticator app. I cannot sign in to {company}'s account any more, and I am the only administrator. What do you need from me?\n\n{name}",
        "Hello support,\n\nthe six digits from my app are refused since this morning. I have a board meeting at 3 pm and all the figures are in there.\n\n{name}",
      ],
      turns: [
        .note(
          "Account owner. Identity check needed before resetting the second factor: call back on the number on file, two questions."
        ),
        .reply(
          "Hello {name},\n\nI can reset the second factor once we know that it is you. We will call you on the number in your profile within the next hour. Please have the last invoice at hand.\n\n{agent}"
        ),
        .customer("I am at my desk, call any time. The invoice is {invoice}."),
        .note(
          "Called, both questions right, invoice number matches. Second factor reset, backup codes sent by post."
        ),
        .reply(
          "Thank you for your patience. You can sign in with your password now and will be asked to set up the second factor anew. Please keep the backup codes in a safe place.\n\n{agent}"
        ),
        .customer("I'm in! You saved my day."),
      ]),
    Scenario(
      group: 105, type: "Question", priority: 2, tags: ["login", "password-reset"],
      subjects: ["Password mail never arrives", "No reset mail", "Reset link says expired"],
      openings: [
        "I asked for a new password four times now. No mail, also not in the spam folder. My address is the one I write from.\n\n{name}",
        "Each time I click the link in the password mail it says \"expired\", although I click at once.\n\n{name}",
      ],
      turns: [
        .reply(
          "Hi {name},\n\nthe mails left our server, and your mail system accepted them. Company filters often open links to check them, which uses up the one-time link. Could you try to copy the link instead of clicking it, within 15 minutes?\n\n{agent}"
        ),
        .customer("Our admin says that they do open links. Can you set a password for me?"),
        .note("We never set passwords by hand. Offer a link that needs a second click."),
        .reply(
          "I cannot set passwords, but I switched your account to links with a confirmation page. A filter does not press that button. Please ask for a new mail.\n\n{agent}"
        ),
        .customer("That works. Thanks!"),
      ]),
    Scenario(
      group: 103, type: "Incident", priority: 3, tags: ["sso", "saml"], file: "saml-trace.txt",
      subjects: ["SSO loop since certificate change", "SAML login fails with error {code}"],
      openings: [
        "Good morning,\n\nsince we renewed the certificate of our identity provider, signing in ends in a loop. The browser jumps between you and us until it gives up. Error {code} shows for a moment. About 60 people at {company} cannot work.\n\n{name}"
      ],
      turns: [
        .note(
          "Metadata still holds the old certificate, ends in 3A:7F. New one was never uploaded."),
        .reply(
          "Hi {name},\n\nour side still has the old certificate. Please upload the new metadata under Settings > Security > Single sign-on. Until then I have opened the password door for administrators.\n\n{agent}"
        ),
        .customer(
          "Uploaded. Better, but people with accents in their names are still refused, for instance Zoë and Łukasz."
        ),
        .note(
          "NameID arrives in ISO-8859-1. Passed to engineering as a bug, workaround: NameID = mail address."
        ),
        .reply(
          "Thank you for that detail. Your provider sends the names in an old encoding. If you set NameID to the mail address it will work right away; the correction on our side follows next week.\n\n{agent}"
        ),
        .customer(
          "Changed, everyone is in. I will wait for your correction before changing it back."),
        .reply(
          "It is live now: names with accents work. Thanks for your help in finding it.\n\n{agent}"),
      ]),
    Scenario(
      group: 105, type: "Question", priority: 2, tags: ["gdpr", "data-request"],
      subjects: ["Copy of my data", "Deletion of personal data", "Request under Art. 15 GDPR"],
      openings: [
        "Dear Sir or Madam,\n\nI would like to have a copy of all data that you store about me, and to know whom it was given to. After that please delete my account.\n\nYours faithfully\n{name}"
      ],
      turns: [
        .reply(
          "Dear {name},\n\nwe have received your request and will answer within 30 days. Please confirm it with one click in the mail that you get in a moment, so that we know it is you.\n\n{agent}"
        ),
        .customer("Confirmed."),
        .note("Export R-{code} is ready. Retention: invoices stay ten years by law, mention that."),
        .reply(
          "Dear {name},\n\nyour data can be downloaded for 14 days from your profile. Invoices have to be kept for ten years; everything else is deleted on the 1st of next month.\n\n{agent}"
        ),
      ]),
    Scenario(
      group: 105, type: "Question", priority: 1, tags: ["permissions"],
      subjects: [
        "New colleague sees no projects", "Rights for our bookkeeper", "Read-only access?",
      ],
      openings: [
        "Hi team,\n\nour new colleague starts on {day}. She should see all projects of {company} but change nothing. Which role is that?\n\nThanks\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nthe role is called Observer. You find it under People > Roles; Observers do not use up a seat.\n\n{agent}"
        ),
        .customer("Found it. But she still sees only half of the projects."),
        .reply(
          "Projects marked as private show only to members. Add the group \"Everyone\" as observer to those; there is a bulk action in the project list.\n\n{agent}"
        ),
        .customer("Great, that did it. Have a nice week 😊"),
      ]),
    Scenario(
      group: 105, type: "Incident", priority: 4, tags: ["security", "phishing"],
      file: "suspicious-mail.png",
      subjects: ["Strange mail in your name", "Phishing? Sign-in from a foreign country"],
      openings: [
        "Hello,\n\nI got a mail that looks like yours and asks me to \"verify\" my account on a page that is not yours. One of my colleagues has entered her password there. What should we do??\n\n{name}, {company}"
      ],
      turns: [
        .note(
          "URGENT. Sessions of the whole company ended, password of the affected user locked. Reported the page to the hoster."
        ),
        .reply(
          "Hello {name},\n\nthank you for telling us at once. I have ended all sessions of your company and locked that password. Please ask your colleague to set a new one, also anywhere else she used it. There was no sign-in with it so far.\n\n{agent}"
        ),
        .customer("Done. How can you be sure that nobody got in?"),
        .note("Audit log checked for 72 h: no sign-in from unknown networks."),
        .reply(
          "The log of the last 72 hours shows sign-ins from your office and your VPN only. I attach nothing here on purpose; you can read the log yourself under Settings > Security > History.\n\n{agent}"
        ),
        .customer("Relieved. Thank you for the quick help."),
        .reply(
          "You did everything right. I keep an eye on it until Friday and close the ticket then.\n\n{agent}"
        ),
      ]),
  ]
}
