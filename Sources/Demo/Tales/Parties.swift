import Domain
import Store

/// Making up companies and people of one place.
struct PartyMaker {
  let place: Place
  /// Numbers are shown as the agency dials them.
  static let home = Country("BG")

  struct Made {
    var draft: ClientDraft
    let host: String
    let trade: Trade
    let town: Place.Town
  }

  /// - Parameter doubled: two words before that of the trade, for bases with very many companies.
  func company(_ dice: inout SplitMix64, doubled: Bool = false, isUsed: (String) -> Bool = { _ in false }) -> Made {
    let trade = dice.pick(Trade.all(place.language))
    var (root, name) = ("", "")
    for attempt in 0..<12 {
      root = dice.pick(place.roots)
      if doubled || attempt > 5 { root += "-" + dice.pick(place.roots) }
      name = shownName(root, trade)
      if !isUsed(name) { break }
    }
    var draft = ClientDraft(kind: .company, name: name)
    let town = dice.pick(place.towns)
    let host = "\(Transliteration.slug("\(root) \(trade.inName)", russian: place.language == .ru)).example"
    settle(&draft, in: town)
    draft.industry = trade.industry
    draft.size = dice.pick(weighted: [(.micro, 20), (.small, 38), (.medium, 28), (.large, 14)])
    draft.profile.foundedYear = 1990 + dice.below(28)
    if place.language == .ru { draft.profile.legalName = "ООО «\(name)»" }
    draft.contactPoints = [
      EmailAddress("office@\(host)").map { .email($0) }, phone(dice.fill(town.phone)).map { .phone($0, in: Self.home) },
      ContactPoint.website(host), .address(address(in: town, &dice)),
    ].compactMap(\.self)
    return Made(draft: draft, host: host, trade: trade, town: town)
  }

  private func shownName(_ root: String, _ trade: Trade) -> String {
    switch place.language {
    case .bg: "\(root) \(trade.inName) ООД"
    case .pl: "\(root) \(trade.inName) Sp. z o.o."
    case .ru: "\(root)-\(trade.inName)"
    case .en: "\(root) \(trade.inName) Ltd"
    }
  }

  /// A person: at a company of that host, or for oneself.
  func person(at host: String, town: Place.Town, _ dice: inout SplitMix64) -> ClientDraft {
    let isWoman = dice.chance(52)
    let given = dice.pick(isWoman ? place.women : place.men)
    let pair = dice.pick(place.families)
    let family = isWoman ? pair.woman : pair.man
    var father: String?
    if place.language == .ru, dice.chance(60) {
      let pair = dice.pick(place.fathers)
      father = isWoman ? pair.woman : pair.man
    }
    let name = ClientDraft.composedName(given: given, middle: father, family: family) ?? family
    var draft = ClientDraft(kind: .person, name: name)
    (draft.givenName, draft.middleName, draft.familyName) = (given, father, family)
    settle(&draft, in: town)
    draft.profile.gender = isWoman ? .female : .male
    if dice.chance(35) { draft.birthDate = birthday(&dice) }
    let mailbox = "\(Transliteration.slug(given)).\(Transliteration.slug(family, russian: place.language == .ru))"
    draft.contactPoints = reaching("\(mailbox)@\(host)", given: given, &dice)
    return draft
  }

  private func reaching(_ address: String, given: String, _ dice: inout SplitMix64) -> [ContactPoint] {
    var points: [ContactPoint] = EmailAddress(address).map { [.email($0)] } ?? []
    let digits = String(repeating: "#", count: place.mobileDigits)
    guard dice.chance(80), let number = phone(dice.fill(dice.pick(place.mobileCodes) + digits)) else { return points }
    points.append(.phone(number, in: Self.home))
    let service: MessengerService = place.language == .bg ? .viber : place.language == .ru ? .telegram : .whatsapp
    if dice.chance(25) { points.append(.messenger(service, number.e164)) }
    return points
  }

  private func birthday(_ dice: inout SplitMix64) -> PartialDate? {
    if dice.chance(4) { return PartialDate(month: 2, day: 29) }
    let year = dice.chance(70) ? dice.within(1958...1998) : nil
    return PartialDate(year: year, month: dice.within(1...12), day: dice.within(1...28))
  }

  func address(in town: Place.Town, _ dice: inout SplitMix64) -> PostalAddress {
    let street = dice.pick(place.streets), number = dice.within(1...120)
    let line: String =
      switch place.language {
      case .en: "\(number) \(street)"
      case .ru: "\(street), д. \(number)"
      case .bg, .pl: "\(street) \(number)"
      }
    return PostalAddress(street: line, city: town.name, postcode: dice.fill(town.postcode), country: place.country)
  }

  private func settle(_ draft: inout ClientDraft, in town: Place.Town) {
    draft.language = place.language
    draft.country = place.country
    draft.zone = Zone(town.zone)
  }

  /// Only numbers that their country has given out.
  private func phone(_ typed: String) -> PhoneNumber? {
    guard let number = try? PhoneNumber(typed, in: place.country), number.isValid else { return nil }
    return number
  }
}
