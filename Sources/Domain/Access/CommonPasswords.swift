/// Passwords that guessing begins with. Published lists of leaked passwords are, to nine tenths, made in a few ways: a common
/// word with digits behind it, a walk along the keyboard, a date, one piece repeated. The ways are checked, in the four
/// languages and their keyboards, so that "Parola2026!" is refused though no list holds it.

extension Password {
  /// Whether a guesser would try it early: by how it is made, or because it is the address itself.
  package static func isCommon(_ password: String, email: String) -> Bool {
    let plain = password.lowercased()
    let local = email.lowercased().prefix { $0 != "@" }
    if plain == email.lowercased() || (local.count >= 4 && stem(plain) == stem(String(local))) { return true }
    return Set(plain).count < 4 || isRepeated(plain) || isWalk(plain) || isDate(plain) || commonWords.contains(stem(plain))
  }

  /// Without what people add at the ends, and with the letters that digits and signs stand for: `P@ssw0rd2026!` → `password`.
  private static func stem(_ text: String) -> String {
    let isAddition = { (c: Character) in c.isNumber || c.isPunctuation || c.isSymbol }
    let start = text.drop { isAddition($0) && $0 != "@" && $0 != "$" }
    guard let last = start.lastIndex(where: { !isAddition($0) }) else { return "" }
    return String(start[...last].map { disguises[$0] ?? $0 })
  }

  private static let disguises: [Character: Character] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i",
  ]

  /// `abcabcabc`: a piece of up to half the length, over and over.
  private static func isRepeated(_ text: String) -> Bool {
    let letters = Array(text)
    guard letters.count >= 2 else { return true }
    return (1...max(letters.count / 2, 1)).contains { size in
      letters.indices.allSatisfy { letters[$0] == letters[$0 % size] }
    }
  }

  /// Pieces of at least three neighbouring keys, one after another: `qwerty123`, `1qaz2wsx`, `йцукен321`.
  private static func isWalk(_ text: String) -> Bool {
    var rest = Substring(text)
    while !rest.isEmpty {
      let step = (3...max(3, rest.count)).reversed().first { size in
        size <= rest.count && walks.contains { $0.contains(rest.prefix(size)) }
      }
      guard let step else { return false }
      rest = rest.dropFirst(step)
    }
    return true
  }

  private static let walks: [String] = {
    let rows = [
      "01234567890", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1qaz2wsx3edc4rfv5tgb6yhn7ujm", "q1w2e3r4t5y6u7i8o9p0", "qazwsxedcrfvtgbyhnujm",
      "1q2w3e4r5t6y7u8i9o0p", "abcdefghijklmnopqrstuvwxyz", "147258369", "159357", "йцукенгшщзхъ", "фывапролджэ", "ячсмитьбю",
      "абвгдежзийклмнопрстуфхцчшщъыьэюя", "явертъуиоп", "асдфгхйкл", "зьцжбнм",
    ]
    return rows + rows.map { String($0.reversed()) }
  }()

  /// A birthday and the like: eight digits that read as a date in any order.
  private static func isDate(_ text: String) -> Bool {
    let digits = text.filter { $0.isASCII && $0.isNumber }
    guard digits.count == 8, text.allSatisfy({ $0.isNumber || ".-/ ".contains($0) }) else { return false }
    let number = { (from: Int, to: Int) in Int(digits.dropFirst(from).prefix(to - from)) ?? 0 }
    let dayFirst = (1...31).contains(number(0, 2)) && (1...12).contains(number(2, 4)) && (1900...2099).contains(number(4, 8))
    let monthFirst = (1...12).contains(number(0, 2)) && (1...31).contains(number(2, 4)) && (1900...2099).contains(number(4, 8))
    let yearFirst = (1900...2099).contains(number(0, 4)) && (1...12).contains(number(4, 6)) && (1...31).contains(number(6, 8))
    return dayFirst || monthFirst || yearFirst
  }

  /// Words and names people choose, with digits behind or not; Russian and Bulgarian ones also as typed on a Latin keyboard.
  private static let commonWords = Set(
    """
    password passwort pass passw letmein welcome admin administrator login user username guest root master secret changeme \
    default test testing temp demo dossier computer internet iloveyou loveyou lovely love baby angel sunshine princess prince \
    monkey dragon tiger lion eagle shadow superman batman spiderman starwars pokemon football baseball basketball hockey soccer \
    liverpool chelsea arsenal barcelona juventus michael jennifer jessica thomas daniel charlie andrew george alexander \
    nicole summer winter spring autumn january february march april october november december monday friday flower butterfly \
    chocolate cookie pepper orange banana coffee money freedom whatever nothing hello helloworld qwerty qwertz azerty asdf zxcv \
    пароль привет любовь солнце наташа настя марина александр сергей андрей дмитрий максим россия москва спартак зенит \
    parol privet lubov solnce natasha nastya marina sergey andrey dmitriy maksim rossiya moskva spartak ghbdtn gfhjkm ktyf \
    hasło haslo kocham kochamcie polska polsat misiek kotek piesek myszka słoneczko sloneczko kasia basia agnieszka michal \
    mateusz bartek warszawa krakow legia zaq \
    парола здравей здрасти обичам любов слънце българия софия левски цска мария иван георги димитър николай \
    parola zdravei zdravey obicham lubov bulgaria sofia levski ivan georgi dimitar nikolay maria
    """.split(separator: " ").map(String.init))
}
