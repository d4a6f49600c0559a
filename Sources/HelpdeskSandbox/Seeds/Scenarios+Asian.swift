extension Scenarios {
  /// Languages of Asia and of the Arab world, wide and right-to-left scripts among them.
  static let asian: [Scenario] = [
    Scenario(
      .chinese, group: 104, type: "Incident", priority: 3, tags: ["物流"],
      subjects: ["订单 {order} 一直没有送到", "快递显示已签收，但我没收到"],
      openings: [
        "您好：\n\n我的订单 {order} 显示“已签收”，可是我根本没有收到包裹，门卫那里也没有。请尽快帮我查一下，谢谢！\n\n{name}"
      ],
      turns: [
        .note("快递公司回复：误投到隔壁小区，明天重新派送。"),
        .reply("{name}，您好！\n\n非常抱歉给您带来不便。快递员误送到了隔壁小区，明天上午会重新派送。\n\n{agent}"),
        .customer("好的，希望明天能收到，我急着用。"),
        .customer("已经收到了，包装完好。谢谢你们的帮助！👍"),
        .reply("太好了，祝您使用愉快！\n\n{agent}"),
      ]),
    Scenario(
      .chinese, group: 103, type: "Problem", priority: 2, tags: ["登录"],
      subjects: ["无法登录 {product}，提示错误 {code}", "升级到 {version} 后闪退"],
      openings: [
        "你好，升级到 {version} 以后，一打开就闪退，提示错误代码 {code}。我试过重新安装，还是不行。请问怎么解决？\n\n{name}"
      ],
      turns: [
        .reply("您好，{name}：\n\n请问您的手机型号和系统版本是什么？方便的话请发一张截图。\n\n{agent}"),
        .customer("系统是最新的。截图里的中文都变成了方块。"),
        .note("字体缺失导致崩溃，已提交 BUG-{code}。"),
        .reply("问题已找到：缺少中文字体。新版本今晚发布，请更新后再试。\n\n{agent}"),
        .customer("更新后正常了，非常感谢。"),
      ]),
    Scenario(
      .chinese, group: 102, type: "Question", priority: 1, tags: ["发票"],
      subjects: ["申请开具发票（订单 {order}）", "发票抬头写错了"],
      openings: ["您好，{order} 的发票抬头写错了，应该是“{company}”。可以重开吗？\n\n{name}"],
      turns: [
        .reply("{name} 您好，可以的。新发票已经放在您的账户里，请查收。\n\n{agent}"),
        .customer("收到，谢谢！"),
      ]),
    Scenario(
      .japanese, group: 103, type: "Problem", priority: 2, tags: ["同期"],
      subjects: ["{product} の同期が止まります", "エラー {code} が表示される"],
      openings: [
        "お世話になっております。{company}の{name}です。\n\n昨日から{product}の同期が途中で止まり、エラー {code} が表示されます。再起動しても変わりません。ご確認をお願いいたします。"
      ],
      turns: [
        .reply(
          "{name}様\n\nお問い合わせありがとうございます。ご不便をおかけして申し訳ございません。ファイル名に「／」などの全角記号が含まれていないか、ご確認いただけますでしょうか。\n\n{agent}"
        ),
        .customer("「報告書／最終版.pdf」というファイルがありました。名前を変えたら同期できました！"),
        .note("全角スラッシュの件、BUG-{code} として登録済み。"),
        .reply("{name}様\n\nご報告ありがとうございます。次の更新で全角記号にも対応いたします。\n\n{agent}"),
        .customer("迅速なご対応、ありがとうございました。"),
      ]),
    Scenario(
      .japanese, group: 104, type: "Question", priority: 1, tags: ["返品"],
      subjects: ["返品について（注文番号 {order}）", "届け先の変更をお願いします"],
      openings: [
        "はじめまして、{name}と申します。\n\n注文 {order} の届け先を会社に変更したいのですが、まだ間に合いますでしょうか。"
      ],
      turns: [
        .reply("{name}様\n\n発送前でしたので、変更いたしました。到着は{day}の予定です。\n\n{agent}"),
        .customer("助かりました。ありがとうございます😊"),
      ]),
    Scenario(
      .korean, group: 105, type: "Incident", priority: 3, tags: ["로그인"],
      subjects: ["로그인이 안 됩니다 (오류 {code})", "인증 메일이 오지 않아요"],
      openings: [
        "안녕하세요.\n\n어제부터 로그인하면 오류 {code}가 나옵니다. 비밀번호를 바꿔도 똑같아요. 확인 부탁드립니다.\n\n{name} 드림"
      ],
      turns: [
        .reply("{name}님, 안녕하세요.\n\n불편을 드려 죄송합니다. 계정 잠금을 풀었으니 다시 로그인해 보시겠어요?\n\n{agent}"),
        .customer("이제 잘 됩니다. 감사합니다!"),
      ]),
    Scenario(
      .arabic, group: 102, type: "Refund", priority: 2, tags: ["استرداد"],
      subjects: ["استرداد مبلغ الطلب {order}", "لم يصل المبلغ بعد"],
      openings: [
        "السلام عليكم،\n\nأعدت الطلب رقم {order} قبل أسبوعين، ولم يصلني مبلغ {amount} يورو حتى الآن. أرجو التحقق من الأمر.\n\nمع الشكر،\n{name}"
      ],
      turns: [
        .note("المرتجع موجود في المستودع منذ ثلاثة أيام. تمت الموافقة على رد المبلغ كاملاً."),
        .reply(
          "وعليكم السلام {name}،\n\nنعتذر عن التأخير. تم رد المبلغ اليوم، وسيظهر في حسابك خلال 5 إلى 7 أيام عمل.\n\n{agent}"
        ),
        .customer("شكراً جزيلاً على سرعة الرد."),
        .customer("وصل المبلغ، يمكنكم إغلاق الطلب 🌷"),
      ]),
    Scenario(
      .arabic, group: 103, type: "Problem", priority: 3, tags: ["تطبيق"],
      subjects: ["التطبيق يتوقف بعد التحديث {version}", "خطأ {code} عند تسجيل الدخول"],
      openings: [
        "مرحباً،\n\nبعد تحديث التطبيق إلى {version} يتوقف فجأة ويظهر الخطأ {code}. جهازي جديد، فما الحل؟\n\n{name}"
      ],
      turns: [
        .reply(
          "مرحباً {name}،\n\nشكراً لإبلاغنا. هل لغة الجهاز هي العربية؟ جرّب من فضلك تغيير اللغة مؤقتاً.\n\n{agent}"
        ),
        .customer("نعم، العربية. عند التغيير إلى الإنجليزية يعمل التطبيق."),
        .note("خلل في عرض النص من اليمين إلى اليسار، BUG-{code}."),
        .reply("وجدنا السبب، وسيصدر الإصلاح غداً. نعتذر عن الإزعاج.\n\n{agent}"),
      ]),
    Scenario(
      .hindi, group: 102, type: "Problem", priority: 2, tags: ["भुगतान"],
      subjects: ["{invoice} का भुगतान दो बार कट गया", "रिफ़ंड कब मिलेगा?"],
      openings: [
        "नमस्ते,\n\nमेरे कार्ड से {invoice} के लिए {amount} € दो बार कट गए हैं। कृपया एक राशि वापस कर दीजिए।\n\nधन्यवाद,\n{name}"
      ],
      turns: [
        .reply(
          "नमस्ते {name},\n\nअसुविधा के लिए खेद है। दूसरी राशि वापस भेज दी गई है, 5–7 दिनों में आपके खाते में दिखेगी।\n\n{agent}"),
        .customer("ठीक है, मैं इंतज़ार करता हूँ।"),
        .note("रिफ़ंड संदर्भ RF-{code}। बैंक को भेजा गया।"),
        .customer("पैसे आ गए हैं, बहुत-बहुत धन्यवाद 🙏"),
      ]),
    Scenario(
      .hindi, group: 105, type: "Incident", priority: 3, tags: ["लॉगिन"],
      subjects: ["लॉगिन नहीं हो रहा है", "OTP नहीं आ रहा"],
      openings: [
        "नमस्ते team,\n\nमेरा login नहीं हो रहा है, OTP भी नहीं आ रहा। कल से try कर रहा हूँ। Please help करें।\n\n{name}"
      ],
      turns: [
        .reply("नमस्ते {name},\n\nआपका मोबाइल नंबर हमारे यहाँ पुराना दिख रहा है। क्या आप नया नंबर बता सकते हैं?\n\n{agent}"),
        .customer("नया नंबर profile में डाल दिया है।"),
        .reply("धन्यवाद! अब OTP नए नंबर पर आएगा।\n\n{agent}"),
        .customer("हो गया, thank you so much!"),
      ]),
  ]
}
