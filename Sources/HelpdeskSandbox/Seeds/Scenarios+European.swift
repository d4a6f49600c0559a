extension Scenarios {
  /// European languages besides English.
  static let european: [Scenario] = [
    Scenario(
      .german, group: 102, type: "Question", priority: 2, tags: ["rechnung"],
      subjects: ["Rechnung {invoice} falsch adressiert", "Fehler in Rechnung {invoice}"],
      openings: [
        "Guten Tag,\n\ndie Rechnung {invoice} über {amount} € trägt noch unsere alte Anschrift. Für die Umsatzsteuer brauchen wir sie bitte mit „{company}, Königstraße 8“.\n\nMit freundlichen Grüßen\n{name}"
      ],
      turns: [
        .reply(
          "Guten Tag {name},\n\nvielen Dank für den Hinweis. Die berichtigte Rechnung liegt in Ihrem Konto unter „Belege“; die alte habe ich storniert.\n\nViele Grüße\n{agent}"
        ),
        .customer(
          "Danke für die schnelle Hilfe! Eine Frage noch: Ändert sich dadurch das Zahlungsziel?"),
        .note(
          "Zahlungsziel bleibt beim alten Datum, Buchhaltung hat zugestimmt, 7 Tage Kulanz zu geben."
        ),
        .reply("Sie haben sieben Tage mehr Zeit, ganz ohne Mahnung.\n\nViele Grüße\n{agent}"),
        .customer("Großartig, schönes Wochenende!"),
      ]),
    Scenario(
      .german, group: 103, type: "Problem", priority: 3, tags: ["absturz"],
      subjects: ["{product} stürzt beim Öffnen ab", "Gerät läuft heiß und schaltet sich aus"],
      openings: [
        "Hallo,\n\nseit dem Update auf {version} stürzt {product} jedes Mal ab, wenn ich eine größere Datei öffne. Müssen wir zurück auf die alte Version?\n\nGrüße aus München\n{name}"
      ],
      turns: [
        .reply(
          "Hallo {name},\n\nbitte nicht zurückgehen, der Fehler ist gefunden. Morgen früh kommt {version}.1.\n\n{agent}"
        ),
        .note("BUG-{code}, betrifft nur Dateien über 2 GB."),
        .customer("Läuft wieder einwandfrei. Dankeschön!"),
      ]),
    Scenario(
      .french, group: 104, type: "Incident", priority: 2, tags: ["livraison"],
      subjects: ["Colis {order} jamais reçu", "Où est ma commande {order} ?"],
      openings: [
        "Bonjour,\n\nma commande {order} est annoncée « livrée » depuis lundi, mais je n'ai rien reçu. Le gardien n'a rien non plus. Pouvez-vous vérifier auprès du transporteur ?\n\nBien à vous,\n{name}"
      ],
      turns: [
        .note("Le transporteur a une signature illisible. Enquête ouverte, réponse sous 48 h."),
        .reply(
          "Bonjour {name},\n\nj'ai ouvert une enquête auprès du transporteur. Sans nouvelles d'ici deux jours, nous vous renvoyons le colis à nos frais.\n\nCordialement,\n{agent}"
        ),
        .customer(
          "Merci. Le colis était chez un voisin, au troisième étage… Désolée pour le dérangement !"),
        .reply("Tout est bien qui finit bien. Bonne journée à vous !\n\n{agent}"),
      ]),
    Scenario(
      .french, group: 101, type: "Question", priority: 1, tags: ["abonnement"],
      subjects: ["Résilier mon abonnement à échéance", "Comment changer d'offre ?"],
      openings: [
        "Bonjour, je souhaite passer à l'offre supérieure dès le mois prochain. Est-ce que mes données seront conservées ?\n\n{name}"
      ],
      turns: [
        .reply(
          "Bonjour {name},\n\noui, rien n'est perdu : le changement se fait sans interruption depuis Réglages > Offre.\n\n{agent}"
        ),
        .customer("C'est fait, merci beaucoup."),
      ]),
    Scenario(
      .spanish, group: 102, type: "Refund", priority: 2, tags: ["reembolso"],
      subjects: ["Reembolso del pedido {order}", "¿Cuándo llega mi devolución?"],
      openings: [
        "Buenos días:\n\nDevolví el pedido {order} hace diez días y todavía no veo los {amount} € en mi cuenta. ¿Me pueden decir qué ha pasado?\n\nUn saludo,\n{name}"
      ],
      turns: [
        .note("Devolución recibida en almacén, pendiente de revisión desde el viernes."),
        .reply(
          "Hola, {name}:\n\nLa devolución ya está revisada y el reembolso sale hoy. Tu banco lo mostrará en unos cinco días.\n\nSaludos,\n{agent}"
        ),
        .customer("¡Muchas gracias por la rapidez!"),
        .customer("Ya ha llegado el dinero. Podéis cerrar el caso. 👍"),
      ]),
    Scenario(
      .portuguese, group: 105, type: "Incident", priority: 3, tags: ["acesso"],
      subjects: ["Não consigo entrar na minha conta", "Código de verificação não chega"],
      openings: [
        "Olá,\n\no código de verificação não chega ao meu telemóvel desde ontem. Já tentei três vezes. Preciso de aceder à conta ainda hoje.\n\nObrigado,\n{name}"
      ],
      turns: [
        .reply(
          "Olá {name},\n\na operadora teve uma avaria esta manhã. Pode pedir o código por correio eletrónico em «Outro método».\n\n{agent}"
        ),
        .customer("Funcionou, já entrei. Muito obrigado pela atenção!"),
      ]),
    Scenario(
      .polish, group: 104, type: "Problem", priority: 2, tags: ["zwrot"],
      subjects: ["Uszkodzona przesyłka {order}", "Zwrot zamówienia {order}"],
      openings: [
        "Dzień dobry,\n\nprzesyłka {order} przyszła uszkodzona: pęknięta obudowa i brak zasilacza. Proszę o wymianę.\n\nPozdrawiam\n{name}"
      ],
      turns: [
        .reply(
          "Dzień dobry,\n\nbardzo przepraszamy. Nowe urządzenie wysyłamy dziś, a kurier odbierze uszkodzone przy dostawie.\n\n{agent}"
        ),
        .customer("Dziękuję, wszystko dotarło w całości."),
      ]),
    Scenario(
      .turkish, group: 101, type: "Question", priority: 1, tags: ["soru"],
      subjects: ["{product} kurulumu hakkında", "İndirim kodu çalışmıyor"],
      openings: [
        "Merhaba,\n\nindirim kodu ödeme sayfasında çalışmıyor: “Geçersiz kod” yazıyor. Kampanya cuma gününe kadar değil miydi?\n\nTeşekkürler,\n{name}"
      ],
      turns: [
        .reply(
          "Merhaba {name},\n\nhaklısınız, kodda bir hata vardı. Şimdi düzeltildi, yeniden deneyebilir misiniz?\n\n{agent}"
        ),
        .customer("Oldu, çok teşekkür ederim!"),
      ]),
    Scenario(
      .russian, group: 103, type: "Problem", priority: 3, tags: ["ошибка"],
      subjects: ["Ошибка {code} при входе", "Не работает выгрузка отчёта"],
      openings: [
        "Здравствуйте!\n\nПосле обновления до {version} при входе появляется ошибка {code}. Перезагрузка не помогла. Подскажите, пожалуйста, что делать.\n\nС уважением,\n{name}"
      ],
      turns: [
        .reply(
          "Здравствуйте, {name}!\n\nСпасибо за сообщение. Очистите, пожалуйста, кэш приложения: Настройки → Память → Очистить.\n\n{agent}"
        ),
        .customer("Очистил, ошибка та же. Снимок экрана могу прислать."),
        .note("Воспроизводится только с кириллицей в имени пользователя. BUG-{code}."),
        .reply(
          "Нашли причину: кириллица в имени пользователя. Исправление выйдет сегодня вечером.\n\n{agent}"
        ),
        .customer("Всё заработало, большое спасибо!"),
      ]),
    Scenario(
      .ukrainian, group: 102, type: "Question", priority: 2, tags: ["рахунок"],
      subjects: ["Рахунок {invoice}: подвійна оплата", "Питання щодо оплати"],
      openings: [
        "Добрий день!\n\nЗ картки двічі списали {amount} € за рахунком {invoice}. Поверніть, будь ласка, другий платіж.\n\n{name}"
      ],
      turns: [
        .reply(
          "Добрий день, {name}!\n\nПерепрошуємо за незручності. Другий платіж уже повернуто, кошти надійдуть за 3–5 днів.\n\n{agent}"
        ),
        .customer("Дякую, гроші надійшли. Гарного дня! 🌻"),
      ]),
  ]
}
