extension Scenarios {
  /// Questions about how things are done.
  static let howTo: [Scenario] = [
    Scenario(
      group: 101, type: "Question", priority: 1, tags: ["how-to"],
      subjects: ["How do I share a folder with a client?", "Sharing without an account"],
      openings: [
        "Hello,\n\ncan I share a folder with somebody who has no account? They should see it until {day} only.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hello {name},\n\nyes: open the folder, Share > Link, and set the date under \"Valid until\". With a password it is safer.\n\n{agent}"
        ),
        .customer("Easy, thank you. Do I get to know when they have opened it?"),
        .reply("If you tick \"Tell me\", you get one mail at the first visit.\n\n{agent}"),
        .customer("Perfect."),
      ]),
    Scenario(
      group: 101, type: "Question", priority: 1, tags: ["how-to", "import"], file: "contacts.xlsx",
      subjects: ["Importing contacts from a spreadsheet", "Import stops at row 412"],
      openings: [
        "I try to import our 1,800 contacts. It stops at row 412 with \"invalid character\". What is wrong with that row?\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nrow 412 has an invisible character at the end of the mail address, probably from copying. Deleting and typing the address again helps.\n\n{agent}"
        ),
        .customer("Now it stops at row 977..."),
        .note("Cleaned the file for the customer: 14 addresses with zero-width blanks."),
        .reply(
          "I have gone through the whole file: fourteen addresses had the same problem. The cleaned file is in your account.\n\n{agent}"
        ),
        .customer("1,800 of 1,800. You are a hero."),
      ]),
    Scenario(
      group: 101, type: nil, priority: 2, tags: ["sales", "trial"],
      subjects: ["Longer trial?", "Trial ends too early", "Question before buying"],
      openings: [
        "Hi,\n\nwe test {product} with three people. Two were ill, so we would need another two weeks. Is that possible?\n\nRegards\n{name}, {company}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nsure, I have added two weeks. Get well soon to your colleagues!\n\n{agent}"
        ),
        .customer("That is very kind. One question: is there a discount for schools?"),
        .note("Schools: 40 %, needs a letterhead."),
        .reply("There is: schools pay 40 % less. A scan of a letterhead is enough.\n\n{agent}"),
      ]),
    Scenario(
      group: 101, type: "Question", priority: 1, tags: ["feedback"],
      subjects: ["Just wanted to say thanks", "Great support!"],
      openings: [
        "No question today. I only wanted to say that your colleague on the phone yesterday was patient with me for half an hour, and now everything runs. Thank you! 🙏\n\n{name}"
      ],
      turns: [
        .reply(
          "Dear {name},\n\nwhat a nice mail to start the day with. I have passed it on.\n\n{agent}"),
        .note("Put on the wall 🙂"),
      ]),
    Scenario(
      group: 101, type: "Question", priority: 2, tags: ["accessibility"],
      subjects: ["Screen reader skips the menu", "Contrast too low"],
      openings: [
        "Hello,\n\nI am blind and use a screen reader. Since the last update it skips the main menu and starts in the middle of the page. I can work around it, but colleagues at {company} cannot.\n\n{name}"
      ],
      turns: [
        .note("Landmark role got lost in the new header. BUG-{code}, high priority."),
        .reply(
          "Hello {name},\n\nthank you for telling us. The menu lost its landmark in the update; that is our mistake. The correction comes this week. Until then Alt+1 jumps to the menu.\n\n{agent}"
        ),
        .customer(
          "Alt+1 helps. Could somebody who uses a screen reader test such updates before they go out?"
        ),
        .reply(
          "A fair point. I have asked our testers to do that for each release, beginning with this one.\n\n{agent}"
        ),
        .customer("I appreciate that."),
      ]),
    Scenario(
      group: 101, type: "Question", priority: 1, tags: ["calendar", "time-zone"],
      subjects: ["Meetings one hour late", "Time zone of our team calendar"],
      openings: [
        "Since the clocks changed, all meetings of the team calendar are an hour late for our office in {city}, but right for everybody else.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nI think the calendar's zone is set to a fixed \"UTC+1\" instead of a city. Fixed zones know no summer time. Could you look under Calendar > Settings?\n\n{agent}"
        ),
        .customer("Indeed, UTC+1. Changed to the city and all is well. Thank you!"),
      ]),
    Scenario(
      group: 101, type: "Problem", priority: 3, tags: ["complaint"],
      subjects: ["Third time I write about this", "Very disappointed", "No answer for a week!"],
      openings: [
        "This is the THIRD time I write about {order}. The first two mails were never answered. If I do not hear from you by {day} I will cancel everything and tell everybody.\n\n{name}"
      ],
      turns: [
        .note(
          "Two older mails landed in spam because of an attachment with macros. Not the customer's fault."
        ),
        .reply(
          "Dear {name},\n\nI understand that you are angry, and I am sorry. Your first two mails were caught by our filter; that is our fault. I take care of it myself now. Could you tell me in one sentence what is missing?\n\n{agent}"
        ),
        .customer("The power supply is missing. Without it the whole thing is a paperweight."),
        .reply(
          "The power supply leaves today by express, and the shipping costs of {order} go back to your card. You will have it tomorrow.\n\n{agent}"
        ),
        .customer("It came this morning. Thank you for taking care, that changes the picture."),
      ]),
  ]
}
