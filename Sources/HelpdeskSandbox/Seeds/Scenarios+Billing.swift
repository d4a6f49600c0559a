extension Scenarios {
  static let billing: [Scenario] = [
    Scenario(
      group: 102, type: "Problem", priority: 2, tags: ["billing", "duplicate-charge"],
      file: "card-statement.png",
      subjects: [
        "Charged twice for {invoice}", "Double charge of {amount} € on my card",
        "{invoice} was booked two times",
      ],
      openings: [
        "Hello,\n\nmy card was charged twice for {invoice}: {amount} € on {day} and the same amount the day after. Only one order was placed. Please return the second payment.\n\nThanks,\n{name}",
        "Hi, I see two bookings of {amount} € for {invoice} on my statement. I am sure I clicked once. Can you check?\n\n{name}",
      ],
      turns: [
        .note(
          "Two captures with our payment provider, 14 hours apart. Looks like the retry job ran on a payment that had already gone through."
        ),
        .reply(
          "Hi {name},\n\nyou are right, the payment for {invoice} was taken twice. I have returned the second {amount} €. Depending on your bank it takes five to seven working days to show up.\n\nSorry about that!\n{agent}"
        ),
        .customer("Thank you for the quick answer. I will look out for it."),
        .customer(
          "It has been a week and I do not see the money yet. Can you send me a reference that I can give to my bank?"
        ),
        .note(
          "Refund reference from the provider: RF-{code}-{order}. Settled two days ago on their side."
        ),
        .reply(
          "Hi {name},\n\nthe refund was settled on our side; the reference is RF-{code}-{order}. With it your bank can find the payment.\n\n{agent}"
        ),
        .customer("Found it, they had put it on a different account. All good now 👍"),
        .reply(
          "Glad to hear that. I am closing this one; just reply if anything else comes up.\n\n{agent}"
        ),
      ]),
    Scenario(
      group: 102, type: "Question", priority: 1, tags: ["billing", "invoice"],
      subjects: [
        "Invoice {invoice} with our VAT number", "Please reissue {invoice}",
        "Wrong address on invoice {invoice}",
      ],
      openings: [
        "Good morning,\n\nour accountant cannot book {invoice} because the VAT number is missing and the address is our old one. Could you issue it again for {company}? The new address is 14 Canal Street, {city}.\n\nKind regards\n{name}"
      ],
      turns: [
        .reply(
          "Good morning {name},\n\nof course. To be sure: shall the name on the invoice stay \"{company}\", and is the VAT number the one in your account settings?\n\nBest regards\n{agent}"
        ),
        .customer("Yes to both. Please also put the order number {order} on it."),
        .note(
          "Credit note and new invoice are waiting for approval in the books. Do not send before finance has released them."
        ),
        .reply(
          "Hi {name},\n\nplease find the corrected invoice in your account under Billing > Documents. The old one was cancelled with a credit note.\n\n{agent}"
        ),
        .customer("Perfect, that was fast. Thank you!"),
      ]),
    Scenario(
      group: 102, type: "Refund", priority: 2, tags: ["refund"],
      subjects: [
        "Refund for order {order}", "I would like my money back ({order})",
        "Cancel order {order} and refund",
      ],
      openings: [
        "Hi,\n\nI sent back order {order} two weeks ago and the parcel was delivered to you on {day}. So far no refund of {amount} €. When will it come?\n\nRegards, {name}",
        "Please cancel {order}. I ordered the {product} for a project that was called off. It has not been unpacked.\n\n{name}",
      ],
      turns: [
        .note(
          "Return is in the warehouse in {city}, not inspected yet. @Omar can you have a look at bay 4?"
        ),
        .reply(
          "Hello {name},\n\nyour parcel has arrived. Our warehouse checks returns within three working days; after that I book the refund at once.\n\n{agent}"
        ),
        .note("Inspected: unopened, complete. OK to refund in full, shipping included."),
        .reply(
          "Hello {name},\n\neverything is fine with the return. {amount} € are on their way to the card that you paid with.\n\n{agent}"
        ),
        .customer("Thanks for keeping me posted. Much appreciated."),
        .customer("One more thing: will I get a credit note for the books?"),
        .reply(
          "Yes, it is in your account under Billing > Documents since this morning.\n\n{agent}"),
      ]),
    Scenario(
      group: 102, type: "Question", priority: 2, tags: ["subscription", "upgrade"],
      subjects: [
        "Change from monthly to yearly", "Price for 25 more seats", "Upgrade at {company}",
      ],
      openings: [
        "Hello,\n\nwe are growing and need 25 more seats for {company} from next month. Do we pay the full year for them or only the rest? And is there a discount above 50 seats?\n\nBest,\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nnew seats are charged pro rata, so only for the rest of your year. Above 50 seats the price is 10 % lower, and it applies to all seats from the day of the change. Shall I prepare a quote?\n\n{agent}"
        ),
        .customer(
          "Yes please, and make it valid until the end of the month. Our purchasing is slow."),
        .note("Quote Q-{code}: 25 seats, 10 % discount, valid 30 days. Approved."),
        .reply(
          "Hi {name},\n\nthe quote Q-{code} is in your account. You can accept it there with one click.\n\n{agent}"
        ),
        .customer("Accepted. Thank you for the help!"),
      ]),
    Scenario(
      group: 102, type: "Problem", priority: 3, tags: ["payment-failed"],
      subjects: [
        "Payment declined, account about to be locked", "Card refused although it works elsewhere",
      ],
      openings: [
        "Your system refuses our card since {day}, and the banner says that our account will be locked. The card works everywhere else. We have a launch on Friday and cannot be locked out!\n\n{name}\n{company}"
      ],
      turns: [
        .note(
          "Provider says: 3-D Secure not completed. Grace period set to 10 days so that they are not locked out."
        ),
        .reply(
          "Hello {name},\n\nno need to worry, your account stays open: I have added ten days. The bank asks for a confirmation (3-D Secure) that was not completed. Please enter the card again under Billing > Payment; a window of your bank should open.\n\n{agent}"
        ),
        .customer("The window opens but stays white."),
        .reply(
          "Thanks for trying. A white window is mostly an ad blocker that stops the bank's page. Could you try in a private window, or with another browser?\n\n{agent}"
        ),
        .customer("Private window did it. Payment went through 🎉"),
        .reply("Wonderful. Good luck with the launch!\n\n{agent}"),
      ]),
    Scenario(
      group: 102, type: "Question", priority: 1, tags: ["cancellation"],
      subjects: ["How do I cancel my subscription?", "Please do not renew"],
      openings: [
        "Hi there, I do not use {product} enough any more. Please make sure that it is not renewed, and tell me what happens to my data.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nI am sorry to see you go. I have switched off the renewal; you can use everything until the end of the paid time. After that your data is kept for 30 days and then deleted. You can export it any time under Settings > Export.\n\nMay I ask what was missing?\n{agent}"
        ),
        .customer("Nothing was missing, I simply changed jobs. It was a good tool."),
        .note("Churn reason: left the company. No win-back mail please."),
        .reply("Thank you for telling us, and all the best in the new job!\n\n{agent}"),
      ]),
  ]
}
