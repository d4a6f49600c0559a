extension Scenarios {
  /// Orders, parcels, returns, devices.
  static let shipping: [Scenario] = [
    Scenario(
      group: 104, type: "Incident", priority: 2, tags: ["shipping", "lost-parcel"],
      subjects: [
        "Where is order {order}?", "Parcel {order} not delivered", "Tracking stands still",
      ],
      openings: [
        "Hi,\n\nthe tracking of {order} says \"in delivery\" since {day}. Nobody was here. Can you ask the carrier?\n\nThanks, {name}",
        "my order {order} shoud have arrived 5 days ago!! it was a birthday present. nobody answers at the carrier. where is it???\n\n{name}",
      ],
      turns: [
        .note(
          "Carrier: last scan in {city}, van was full, parcel back in the depot. Second attempt tomorrow."
        ),
        .reply(
          "Hi {name},\n\nI am sorry for the wait. The parcel is in the depot in {city}: the van was full. It will be with you tomorrow before noon.\n\n{agent}"
        ),
        .customer("Nothing came today either 😞"),
        .note("Depot cannot find it. Treat as lost, send a new one by express."),
        .reply(
          "I am really sorry. The depot cannot find your parcel, so I have sent a new one by express a minute ago. You need not pay anything, and if the first one turns up, please just refuse it.\n\n{agent}"
        ),
        .customer("The new one is here. Thanks for sorting it out!"),
      ]),
    Scenario(
      group: 104, type: "Problem", priority: 3, tags: ["damaged", "return"],
      file: "broken-screen.jpg",
      subjects: [
        "{product} arrived broken", "Damaged in transit: {order}", "Cracked display out of the box",
      ],
      openings: [
        "Hello,\n\n{product} from {order} arrived with a crack across the display. The box itself has no mark. Photos are attached. I need it on {day}.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hello {name},\n\nthat should not happen, I am sorry. A replacement leaves our warehouse today; the courier takes the broken one along when it arrives. Please keep the box.\n\n{agent}"
        ),
        .note("Third cracked display from batch {code} this week. Told quality assurance."),
        .customer("The courier came without a label and did not take it."),
        .reply(
          "Please excuse the confusion. A label is in your account under Orders now; any post office takes the parcel.\n\n{agent}"
        ),
        .customer("Sent. And the replacement works fine."),
        .reply("Thank you, {name}. The return has arrived and everything is settled.\n\n{agent}"),
      ]),
    Scenario(
      group: 104, type: "Question", priority: 1, tags: ["order-change"],
      subjects: ["Change delivery address of {order}", "Wrong street in my order"],
      openings: [
        "Hi, I made a mistake in the address of {order}: it should be number 41, not 14. Can you still change it?\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\njust in time: it had not left yet. The parcel goes to number 41 now.\n\n{agent}"
        ),
        .customer("Super, thanks a lot."),
        .note("Address changed in the shop only, not in the customer's profile."),
      ]),
    Scenario(
      group: 104, type: "Refund", priority: 2, tags: ["return", "wrong-item"],
      subjects: ["Wrong item in {order}", "Ordered 3, got 1"],
      openings: [
        "Good evening,\n\nwe ordered three {product} and got one, together with somebody else's invoice (a company in {city}). Please send the two missing ones, and take care with other people's papers.\n\n{name}\n{company}"
      ],
      turns: [
        .note(
          "Two orders were swapped at packing. Data protection: other customer's invoice went out, inform the officer."
        ),
        .reply(
          "Good evening {name},\n\nthank you for being so kind about it. The two missing devices are on the way. Would you destroy the other invoice, please? We have told the company concerned.\n\n{agent}"
        ),
        .customer("Shredded. When will the devices arrive?"),
        .reply("On {day}, by the tracking. I will check myself.\n\n{agent}"),
        .customer("All there now. Thank you."),
      ]),
    Scenario(
      group: 104, type: "Question", priority: 1, tags: ["customs", "shipping"],
      subjects: ["Customs charge on {order}", "Do I have to pay duty?"],
      openings: [
        "The courier wants 38.20 for customs before handing over {order}. Your shop said \"no further costs\". Who pays this?\n\n{name}, {city}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nyou are right, duties are included in our price. Please refuse the payment; I have sent the courier the proof that we pay. They will try again within two days.\n\n{agent}"
        ),
        .note("Incoterm on the label was DAP instead of DDP. Corrected for this country."),
        .customer("Delivered without a charge this time. Thanks!"),
      ]),
    Scenario(
      group: 104, type: "Question", priority: 1, tags: ["warranty"], file: "receipt.pdf",
      subjects: ["Warranty of {product}", "Battery holds only an hour"],
      openings: [
        "Hello, the battery of my {product} holds for an hour only. I bought it 20 months ago ({order}). Is that covered?\n\n{name}"
      ],
      turns: [
        .reply(
          "Hello {name},\n\nyes: batteries are covered for two years when they fall under 70 %. Could you send a photo of Settings > Battery?\n\n{agent}"
        ),
        .customer("It says 58 %."),
        .note("58 %, 20 months, receipt matches. Swap approved."),
        .reply(
          "Then you get a new one. The swap set with a prepaid box goes out tomorrow.\n\n{agent}"),
      ]),
  ]
}
