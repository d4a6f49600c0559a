extension Scenarios {
  /// Turns that go on after any conversation, whatever it was about.
  static let tails: [Scenario.Language: [Scenario.Turn]] = [
    .english: [
      .note("Customer called as well. Told them the same as above and noted the call."),
      .customer(
        "One more thing: does this go for the second account of {company}, too? We manage both."),
      .reply("Yes, for both. You need not do anything there.\n\n{agent}"),
      .customer(
        "Perfect. And can you keep this open until {day}, so that I can test it with my colleagues?"
      ),
      .reply("Of course, I leave it open until then.\n\n{agent}"),
      .note("Waiting until {day}, then close. Do not send another reminder."),
      .customer("Tested with everybody, no complaints. You can close it."),
    ],
    .german: [
      .customer("Noch eine kurze Frage: Gilt das auch für unser zweites Konto?"),
      .reply(
        "Ja, das gilt für beide Konten. Sie müssen nichts weiter tun.\n\nViele Grüße\n{agent}"),
      .note("Bis {day} offen lassen, Rückmeldung der Kollegen steht aus."),
      .customer("Alles geprüft, passt. Vielen Dank für die Geduld!"),
    ],
    .french: [
      .customer("Une dernière question : est-ce aussi valable pour notre deuxième compte ?"),
      .reply("Oui, pour les deux. Vous n'avez rien à faire.\n\nCordialement,\n{agent}"),
      .note("Laisser ouvert jusqu'à vendredi, puis clore."),
      .customer("Parfait, merci encore."),
    ],
    .spanish: [
      .customer("Una última pregunta: ¿vale también para nuestra segunda cuenta?"),
      .reply("Sí, para las dos. No hace falta hacer nada más.\n\nSaludos,\n{agent}"),
      .customer("Estupendo, gracias."),
    ],
    .chinese: [
      .customer("还有一个问题：我们的第二个账户也适用吗？"),
      .reply("您好，两个账户都适用，您无需任何操作。\n\n{agent}"),
      .note("客户要求保留到周五，之后关闭。"),
      .customer("明白了，谢谢。"),
    ],
    .japanese: [
      .customer("もう一点だけ教えてください。もう一つのアカウントでも同じでしょうか。"),
      .reply("{name}様\n\nはい、どちらのアカウントでも同じです。お手続きは不要です。\n\n{agent}"),
      .note("金曜日まで様子を見てからクローズ。"),
      .customer("承知しました。ありがとうございます。"),
    ],
    .arabic: [
      .customer("سؤال أخير: هل ينطبق هذا على حسابنا الثاني أيضاً؟"),
      .reply("نعم، ينطبق على الحسابين، ولا حاجة إلى أي إجراء.\n\n{agent}"),
      .customer("ممتاز، شكراً لكم."),
    ],
    .hindi: [
      .customer("एक और सवाल: क्या यह हमारे दूसरे खाते पर भी लागू होता है?"),
      .reply("जी हाँ, दोनों खातों पर। आपको कुछ और करने की ज़रूरत नहीं है।\n\n{agent}"),
      .customer("ठीक है, धन्यवाद।"),
    ],
    .russian: [
      .customer("И ещё вопрос: это касается и нашей второй учётной записи?"),
      .reply("Да, обеих. Ничего делать не нужно.\n\n{agent}"),
      .note("Оставить открытым до пятницы."),
      .customer("Понял, спасибо."),
    ],
  ]
}
