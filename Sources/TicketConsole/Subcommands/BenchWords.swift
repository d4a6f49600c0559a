/// The words that made-up tickets are put together from.
enum BenchWords {
  static let types = ["Question", "Incident", "Problem", "Feature Request", "Refund"]
  static let tags = [
    "vpn", "billing", "login", "export", "printer", "windows", "api", "urgent", "eu", "beta",
  ]
  static let givenNames = [
    "Lena", "Kenji", "Ada", "Ravi", "Jean-Luc", "Yuki", "Fatima", "Nikolai", "Grace", "Sven", "田中",
    "Zoë", "José", "مريم", "Олег", "अनन्या",
  ]
  static let familyNames = [
    "Ortiz", "Tanaka", "Okafor", "Patel", "Moreau", "Mori", "Zahra", "Petrov", "Hall", "Lindqvist",
    "健一", "Müller", "García", "حسن", "Иванов", "शर्मा",
  ]
  static let companyNames = [
    "Bistro Nord", "Heliotech", "Oakfield School", "Depot", "Aurora", "Blue Harbor", "Granite",
    "Meridian", "Kappa", "青空商事",
  ]
  static let companyForms = ["GmbH", "Ltd", "Inc", "SARL", "AB", "KK"]
  static let subjects = [
    "Cannot export invoices as PDF", "VPN drops every 20 minutes", "Order arrived damaged",
    "How do I change the billing contact", "Login loop after SSO change",
    "Feature request: bulk tag editor", "API returns 500 on export", "Refund not received",
    "Translation error on checkout page", "Cannot add a second company address",
    "License key shows as expired", "Question about SLA credits", "Printer labels cut off",
    "Password reset mail never arrives", "Wrong VAT on invoice", "Webhook signature mismatch",
  ]
  static let endings = [
    "since update", "on Monday", "for two users", "in Firefox", "again", "after migration",
    "in the EU region", "on mobile", "for guests", "at night", "urgently", "please advise",
  ]
  static let foreignSubjects = [
    "請求書をダウンロードできません", "密码重置邮件没有收到", "لا يمكنني تسجيل الدخول",
    "भुगतान विफल हो गया", "Не приходит письмо", "로그인이 되지 않습니다", "¿Dónde está mi pedido?",
  ]
  static let foreignSentences = [
    "昨日から画面が真っ白になり、ログインできません。確認をお願いします。",
    "我已经试过重新启动，但是问题仍然存在，请尽快处理。",
    "حاولت عدة مرات ولكن الصفحة لا تفتح، أرجو المساعدة.",
    "मैंने कई बार कोशिश की लेकिन भुगतान नहीं हो रहा है।",
    "Я пробовал несколько раз, но ошибка повторяется.",
  ]
  static let words = [
    "the", "the", "the", "we", "please", "to", "and", "a", "of", "is", "it", "not", "our", "since",
    "invoice", "export", "update", "customer", "account", "error", "page", "server", "login",
    "password", "network", "router", "driver", "window", "button", "report", "file", "download",
    "payment", "refund", "order", "shipping", "address", "contact", "company", "license", "version",
    "install", "restart", "yesterday", "today", "morning", "still", "again", "works", "fails",
    "shows", "blank", "slow", "message", "screen", "printer", "label", "webhook", "signature",
    "certificate", "browser", "session", "timeout", "connection", "attached", "log", "screenshot",
    "thanks", "help", "urgent", "team", "colleague", "office", "laptop", "phone", "mobile",
  ]
}
