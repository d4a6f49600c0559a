extension Scenarios {
  /// Bugs, interfaces, outages.
  static let technical: [Scenario] = [
    Scenario(
      group: 103, type: "Incident", priority: 3, tags: ["api", "rate-limit"], file: "trace.log",
      subjects: ["API answers 429 all the time", "HTTP 429 since {day}", "Rate limit lowered?"],
      openings: [
        "Hello,\n\nsince {day} our integration gets 429 on about every third call. We did not change anything and stay under 100 calls a minute:\n\nGET /v2/devices?page=7 -> 429\nRetry-After: 31\n\nDid you lower the limit?\n\n{name}, {company}"
      ],
      turns: [
        .note(
          "Two integrations with the same key. The second one started on {day}: user agent \"sheet-sync\"."
        ),
        .reply(
          "Hi {name},\n\nthe limit is the same. But your key is used by two programs since {day}: yours, and one that calls itself \"sheet-sync\". Together they are over the limit. A key of its own for each makes that visible.\n\n{agent}"
        ),
        .customer(
          "Oh. That is a colleague's spreadsheet. I had no idea. How do I find out which calls it makes?"
        ),
        .reply("Under Settings > API > Usage you can group by user agent and path.\n\n{agent}"),
        .customer("Found and stopped. It polled every two seconds. Sorry for the noise!"),
        .reply(
          "No problem at all. Webhooks would spare it the polling; here is how they are set up: https://docs.sandbox.example/webhooks\n\n{agent}"
        ),
      ]),
    Scenario(
      group: 103, type: "Problem", priority: 3, tags: ["bug", "export"], file: "export.csv",
      subjects: [
        "CSV export drops the last column", "Umlauts broken in export",
        "Export of more than 10,000 rows is empty",
      ],
      openings: [
        "Hi,\n\nthe CSV export of {version} loses the last column as soon as one cell contains a line break. Steps:\n1. create a note with two lines\n2. export\n3. open the file: column \"owner\" is missing\n\nIt worked in the version before.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nthank you for the clear steps, I see it here too. It is a bug in {version}. I have passed it on and will tell you when the correction is out.\n\n{agent}"
        ),
        .note(
          "BUG-{code}: quoting is skipped for cells with CR LF. Fix merged, goes into the next patch."
        ),
        .customer("Any news? We report to our customer on {day}."),
        .reply(
          "The correction is in tonight's patch. If you need the file before, I can run the export for you.\n\n{agent}"
        ),
        .customer("Tonight is fine."),
        .reply("The patch is out; could you try again?\n\n{agent}"),
        .customer("Works, all columns there. Thanks for keeping your word."),
      ]),
    Scenario(
      group: 103, type: "Incident", priority: 4, tags: ["outage", "sync"],
      subjects: [
        "Nothing syncs since 9:40", "{product}: sync stopped for everybody", "Service down?",
      ],
      openings: [
        "Since about 9:40 nothing syncs for any of us. The status page is all green. Are you aware?\n\n{name}, {company}",
        "Is {product} down? Our whole office is waiting.\n\n{name}",
      ],
      turns: [
        .note("Incident I-{code} opened. Queue workers in zone B hang. On call is on it."),
        .reply(
          "Hello {name},\n\nyes, we have a problem in one of our zones since 9:38. Your data is safe; changes wait on your devices and will sync as soon as it is over. I write again in 30 minutes.\n\n{agent}"
        ),
        .customer("Thanks. Please hurry, our shop till depends on it."),
        .reply(
          "The workers are back since 10:25 and the backlog is being worked off. Do you see your changes?\n\n{agent}"
        ),
        .customer("Yes, it is coming in. Took some minutes. All there now."),
        .note("Post mortem promised for Friday. Send to everybody tagged outage."),
      ]),
    Scenario(
      group: 103, type: "Problem", priority: 2, tags: ["vpn", "network"], file: "diagnose.txt",
      subjects: ["{product} offline behind our VPN", "VPN drops every hour"],
      openings: [
        "Hi,\n\nfrom home everything works. As soon as the company VPN is on, {product} shows \"offline\", and the VPN itself drops exactly once an hour. The diagnosis file is attached.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nthe file shows that packets above 1,380 bytes get lost in the tunnel. Could your network people lower the MTU to 1,360 for a test?\n\n{agent}"
        ),
        .customer("With 1360 the device is online. The hourly drop is still there."),
        .note(
          "Hourly = rekeying. Their gateway runs a version with a known problem, we had that at another customer."
        ),
        .reply(
          "The hourly drop comes from the renewal of the keys on your gateway. There is a known problem that its vendor corrected in May. An update should cure it.\n\n{agent}"
        ),
        .customer("Update is planned for the weekend, I will report back."),
        .customer("No drops since Saturday. Case solved!"),
      ]),
    Scenario(
      group: 103, type: "Problem", priority: 2, tags: ["mobile", "crash"], file: "crash.txt",
      subjects: ["App crashes when I open a photo", "Crash on start after update to {version}"],
      openings: [
        "After the update to {version} the app closes as soon as I open a photo. Restarting and reinstalling did not help. Phone is three years old.\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nsorry for that. How large are those photos, and does it also happen with a screenshot?\n\n{agent}"
        ),
        .customer("Screenshots are fine. The photos are panoramas, 60 MB or so."),
        .note("Out of memory when decoding panoramas on devices with 3 GB. BUG-{code}."),
        .reply(
          "Thank you, that was the hint we needed: very large panoramas need more memory than your phone gives us. The next version loads them in pieces. Until then \"Open reduced\" in the menu works.\n\n{agent}"
        ),
        .customer("OK, can live with that for some days."),
        .reply("The new version is in the store since today.\n\n{agent}"),
        .customer("Panoramas open. Great!"),
      ]),
    Scenario(
      group: 103, type: "Feature Request", priority: 1, tags: ["feature-request"],
      subjects: [
        "Dark mode please", "Wish: keyboard shortcuts", "Could you add a weekly summary?",
      ],
      openings: [
        "Hi all,\n\nI work with {product} eight hours a day and would love keyboard shortcuts for the five things that I do most. Is that planned?\n\nBest\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nthat is a good idea, and you are not the first to ask. Which five would those be?\n\n{agent}"
        ),
        .customer("Next, previous, reply, close, search. In that order 😄"),
        .note("Added as vote 34 to idea F-{code}."),
        .reply(
          "Noted with your name. I cannot promise a date, but you will hear from us when it is there.\n\n{agent}"
        ),
      ]),
    Scenario(
      group: 103, type: "Question", priority: 2, tags: ["webhook", "integration"],
      subjects: ["Webhook signature does not match", "Webhooks arrive twice"],
      openings: [
        "Hello,\n\nwe verify the signature of your webhooks as documented, but about one in twenty does not match. Code:\n\nhmac_sha256(secret, timestamp + \".\" + body)\n\nWhat are we doing wrong?\n\n{name}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nmost likely the body is parsed and written again before it is hashed. Then é may become \\u00e9, and the bytes differ. Please hash the raw bytes.\n\n{agent}"
        ),
        .customer("That was it! Our framework re-encodes JSON. All signatures match now."),
        .note("Add this to the docs, third time this month."),
        .reply(
          "Wonderful. I have put it into the documentation so that the next one finds it.\n\n{agent}"
        ),
      ]),
    Scenario(
      group: 103, type: "Problem", priority: 2, tags: ["printer", "driver"],
      subjects: ["Labels print half a centimetre too low", "Printer prints blank pages"],
      openings: [
        "Since the update our label printer prints everything half a centimetre too low, so the bar code is cut off. 200 labels wasted so far.\n\n{name}, {company}"
      ],
      turns: [
        .reply(
          "Hi {name},\n\nplease set Print > Paper to \"Continuous, 62 mm\"; the update has put it back to A4.\n\n{agent}"
        ),
        .customer("Still wrong."),
        .note("Their template is from 2019, with fixed margins. See article on label templates."),
        .reply(
          "Could you send me the template? It may be an old one with margins of its own.\n\n{agent}"
        ),
        .customer("Never mind, I loaded the new template from your site, and now it fits. Thanks!"),
      ]),
  ]
}
