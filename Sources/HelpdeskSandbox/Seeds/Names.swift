/// Invented people and companies of several countries. Every mail domain is a reserved one.
enum Names {
  /// A name as its owner writes it, and in Latin letters for the address.
  struct Name: Equatable, Sendable {
    var native: String
    var latin: String
  }

  /// Words of names in one language; "native|latin" where the two differ.
  struct Pool: Sendable {
    var language: Scenario.Language
    /// How many of a hundred customers belong to it.
    var weight: Int
    var given: [String]
    var family: [String]
    var familyFirst = false
    var separator = " "
  }

  static func person(_ random: inout SeededRandom, _ pool: Pool) -> Name {
    let given = split(random.pick(pool.given))
    let family = split(random.pick(pool.family))
    return Name(
      native: pool.familyFirst
        ? family.native + pool.separator + given.native
        : given.native + pool.separator + family.native,
      latin: given.latin + " " + family.latin)
  }

  private static func split(_ word: String) -> Name {
    let parts = word.split(separator: "|").map(String.init)
    return Name(native: parts[0], latin: parts.count > 1 ? parts[1] : parts[0])
  }

  /// `jane.doe` of a Latin name: lower case, no accents.
  static func mailbox(_ latin: String) -> String {
    var box = ""
    for character in latin.lowercased() {
      switch character {
      case "a"..."z", "0"..."9": box.append(character)
      case " ", "-": box.append(".")
      default: box += plain[character] ?? ""
      }
    }
    return box
  }

  private static let plain: [Character: String] = [
    "á": "a", "à": "a", "â": "a", "ã": "a", "ä": "ae", "å": "a", "ą": "a", "ç": "c", "ć": "c",
    "č": "c", "é": "e", "è": "e", "ê": "e", "ë": "e", "ę": "e", "ě": "e", "ğ": "g", "í": "i",
    "ï": "i", "ı": "i", "ł": "l", "ñ": "n", "ń": "n", "ó": "o", "ô": "o", "ö": "oe", "ø": "o",
    "ř": "r", "š": "s", "ş": "s", "ś": "s", "ß": "ss", "ú": "u", "ü": "ue", "ů": "u", "ý": "y",
    "ž": "z", "ż": "z", "ź": "z",
  ]

  static let pools: [Pool] = [
    Pool(
      language: .english, weight: 44,
      given: [
        "Amelia", "Ben", "Carla", "Daniel", "Edith", "Felix", "Georgia", "Harry", "Isla", "Jack",
        "Kate", "Liam", "Maya", "Nathan", "Olivia", "Peter", "Quinn", "Rosa", "Sam", "Tara",
        "Una", "Victor", "Wendy", "Zoe", "Naomi", "Ethan", "Chloe", "Marcus", "Ruby", "Owen",
      ],
      family: [
        "Abbott", "Barlow", "Chandler", "Dawson", "Ellis", "Fletcher", "Garner", "Hollis",
        "Irving", "Jarvis", "Kendall", "Lambert", "Mercer", "Norwood", "Osborne", "Palmer",
        "Quigley", "Rowe", "Sutton", "Thorne", "Underhill", "Vance", "Whitlock", "Yates",
        "O’Dell", "St. Clair", "Adeyemi", "Okafor", "van der Berg",
      ]),
    Pool(
      language: .german, weight: 8,
      given: ["Jürgen", "Käthe", "Sören", "Jana", "Lukas", "Annika", "Matthias", "Heike", "Björn"],
      family: ["Müller-Brandt", "Schäfer", "Groß", "Köhler", "Weiß", "Böttcher", "Hübner", "Lange"]
    ),
    Pool(
      language: .french, weight: 7,
      given: [
        "Élodie", "François", "Hélène", "Jérôme", "Zoé", "Noël", "Gaëlle", "Mathieu", "Inès",
      ],
      family: ["Lefèvre", "Garçon", "Bélanger", "Dupré", "Côté", "Rivière", "Boisseau", "Mercœur"]
    ),
    Pool(
      language: .spanish, weight: 6,
      given: ["José", "María", "Íñigo", "Lucía", "Andrés", "Begoña", "Sofía", "Rubén", "Ximena"],
      family: ["Muñoz", "Ibáñez", "Peña", "Gutiérrez", "Núñez", "Córdova", "Vélez", "Ordóñez"]),
    Pool(
      language: .portuguese, weight: 3,
      given: ["João", "Conceição", "Luís", "Inês", "Thaís", "Antônio", "Débora"],
      family: ["Gonçalves", "Araújo", "Simões", "Brandão", "Magalhães", "Falcão"]),
    Pool(
      language: .polish, weight: 3,
      given: ["Łukasz", "Małgorzata", "Paweł", "Agnieszka", "Michał", "Zofia", "Bartłomiej"],
      family: ["Wójcik", "Dąbrowska", "Kamiński", "Zieliński", "Żak", "Gołąb"]),
    Pool(
      language: .turkish, weight: 2,
      given: ["Ayşe", "Çağlar", "Gökhan", "Elif", "İbrahim", "Şule"],
      family: ["Yılmaz", "Öztürk", "Kılıç", "Aydın", "Çelik", "Doğan"]),
    Pool(
      language: .russian, weight: 4,
      given: [
        "Анна|Anna", "Дмитрий|Dmitri", "Ольга|Olga", "Сергей|Sergei", "Екатерина|Ekaterina",
        "Павел|Pavel",
      ],
      family: [
        "Соколова|Sokolova", "Лебедев|Lebedev", "Морозова|Morozova", "Волков|Volkov",
        "Зайцева|Zaitseva",
      ]),
    Pool(
      language: .ukrainian, weight: 2,
      given: ["Олена|Olena", "Тарас|Taras", "Ірина|Iryna", "Андрій|Andrii", "Наталія|Nataliia"],
      family: ["Шевчук|Shevchuk", "Коваленко|Kovalenko", "Бондар|Bondar", "Мельник|Melnyk"]),
    Pool(
      language: .chinese, weight: 6,
      given: [
        "伟|Wei", "芳|Fang", "秀英|Xiuying", "敏|Min", "静|Jing", "丽华|Lihua", "志强|Zhiqiang",
        "晓明|Xiaoming", "雨桐|Yutong",
      ],
      family: ["王|Wang", "李|Li", "张|Zhang", "刘|Liu", "陈|Chen", "杨|Yang", "欧阳|Ouyang"],
      familyFirst: true, separator: ""),
    Pool(
      language: .japanese, weight: 5,
      given: ["陽子|Yoko", "健太|Kenta", "さくら|Sakura", "大輔|Daisuke", "美咲|Misaki", "翔|Sho"],
      family: ["佐藤|Sato", "鈴木|Suzuki", "高橋|Takahashi", "田中|Tanaka", "渡辺|Watanabe", "小林|Kobayashi"],
      familyFirst: true),
    Pool(
      language: .korean, weight: 2,
      given: ["민준|Minjun", "서연|Seoyeon", "지훈|Jihun", "하은|Haeun"],
      family: ["김|Kim", "이|Lee", "박|Park", "최|Choi"], familyFirst: true, separator: ""),
    Pool(
      language: .arabic, weight: 4,
      given: [
        "فاطمة|Fatima", "محمد|Mohammed", "ليلى|Layla", "يوسف|Yusuf", "نور|Nour", "خالد|Khalid",
      ],
      family: ["الحسن|Alhassan", "منصور|Mansour", "الخطيب|Alkhatib", "العلي|Alali", "نصار|Nassar"]),
    Pool(
      language: .hindi, weight: 4,
      given: ["अर्जुन|Arjun", "प्रिया|Priya", "राहुल|Rahul", "अनन्या|Ananya", "विक्रम|Vikram"],
      family: ["शर्मा|Sharma", "पटेल|Patel", "वर्मा|Verma", "गुप्ता|Gupta", "नायर|Nair"]),
  ]

  static func pool(_ random: inout SeededRandom) -> Pool {
    var left = random.below(pools.reduce(0) { $0 + $1.weight })
    for pool in pools {
      left -= pool.weight
      if left < 0 { return pool }
    }
    return pools[0]
  }

  private static let firstWords = [
    "Alder", "Amber", "Anchor", "Aspen", "Beacon", "Birch", "Blue Kettle", "Bramble", "Bright",
    "Canal Street", "Cedar", "Cobalt", "Copper", "Corner", "Crest", "Dune", "Ember", "Fern",
    "Foxglove", "Gable", "Glasshouse", "Granite", "Harbour", "Hazel", "Heron", "Hilltop", "Iron",
    "Juniper", "Kestrel", "Lantern", "Larch", "Linden", "Maple", "Meadow", "Millstone", "Moss",
    "North Pier", "Oak", "Orchard", "Osprey", "Paper Boat", "Pebble", "Pine", "Quarry", "Raven",
    "Red Door", "River", "Rowan", "Saffron", "Silver", "Slate", "Sparrow", "Stone", "Thistle",
    "Tidewater", "Timber", "Vale", "Walnut", "Willow", "Wren",
  ]

  private static let lastWords = [
    "Analytics", "Architects", "Bakery", "Books", "Clinic", "Coffee Roasters", "Consulting",
    "Dental", "Design", "Energy", "Engineering", "Farms", "Finance", "Foods", "Freight",
    "Gardens", "Health", "Hotels", "Labs", "Legal", "Logistics", "Media", "Outdoor", "Partners",
    "Pharmacy", "Press", "Robotics", "Schools", "Software", "Studios", "Textiles", "Travel",
    "Works",
  ]

  /// As many different companies as there are pairs of words.
  static var companyCount: Int { firstWords.count * lastWords.count }

  /// The company of an index; neighbours differ in both words.
  static func company(_ index: Int) -> (name: String, domain: String) {
    let place = index * 787 % companyCount
    let name = firstWords[place % firstWords.count] + " " + lastWords[place / firstWords.count]
    let slug = name.lowercased().filter { $0 != " " }
    return (name, slug + ".example")
  }
}
