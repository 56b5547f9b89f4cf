/// Countries as lists write them: by code, or by name in the four languages. Not all: those whose neighbours and customers
/// the lists of small companies name. Names are compared folded.

package enum CountryNames {
  package static func country(_ raw: String) -> Country? {
    let folded = Fold.search(raw)
    if folded.utf8.count == 2, let country = Country(folded == "uk" ? "GB" : folded) { return country }
    return byName[folded].flatMap { Country($0) }
  }

  private static let byName: [String: String] = {
    var all: [String: String] = [:]
    for line in table.split(separator: "\n") {
      let parts = line.split(separator: "|").map(String.init)
      for name in parts.dropFirst() { all[Fold.search(name)] = parts.first }
    }
    return all
  }()

  private static let table = """
    AT|AUT|Austria|Австрия|Österreich
    BE|BEL|Belgium|Бельгия|Belgia|Белгия
    BG|BGR|Bulgaria|Болгария|Bułgaria|България|Republic of Bulgaria|Република България
    BY|BLR|Belarus|Беларусь|Белоруссия|Białoruś|Беларус
    CA|CAN|Canada|Канада|Kanada
    CH|CHE|Switzerland|Швейцария|Szwajcaria|Schweiz
    CN|CHN|China|Китай|Chiny
    CY|CYP|Cyprus|Кипр|Cypr|Кипър
    CZ|CZE|Czechia|Czech Republic|Чехия|Czechy|Česko
    DE|DEU|Germany|Германия|Niemcy|Deutschland
    DK|DNK|Denmark|Дания|Dania
    EE|EST|Estonia|Эстония|Естония
    ES|ESP|Spain|Испания|Hiszpania|España
    FI|FIN|Finland|Финляндия|Finlandia|Финландия
    FR|FRA|France|Франция|Francja
    GB|GBR|United Kingdom|Great Britain|England|Scotland|Великобритания|Англия|Wielka Brytania|Anglia|Обединено кралство
    GE|GEO|Georgia|Грузия|Gruzja
    GR|GRC|Greece|Греция|Grecja|Гърция
    HR|HRV|Croatia|Хорватия|Chorwacja|Хърватия
    HU|HUN|Hungary|Венгрия|Węgry|Унгария
    IE|IRL|Ireland|Ирландия|Irlandia
    IL|ISR|Israel|Израиль|Izrael|Израел
    IT|ITA|Italy|Италия|Włochy|Italia
    KZ|KAZ|Kazakhstan|Казахстан|Kazachstan
    LT|LTU|Lithuania|Литва|Litwa
    LU|LUX|Luxembourg|Люксембург|Luksemburg
    LV|LVA|Latvia|Латвия|Łotwa
    MD|MDA|Moldova|Молдова|Молдавия|Mołdawia
    MK|MKD|North Macedonia|Macedonia|Северная Македония|Македония|Macedonia Północna|Северна Македония
    NL|NLD|Netherlands|Holland|Нидерланды|Голландия|Holandia|Niderlandy|Нидерландия|Холандия
    NO|NOR|Norway|Норвегия|Norwegia
    PL|POL|Poland|Польша|Polska|Полша
    PT|PRT|Portugal|Португалия|Portugalia
    RO|ROU|Romania|Румыния|Rumunia|Румъния
    RS|SRB|Serbia|Сербия|Сърбия
    RU|RUS|Russia|Russian Federation|Россия|Российская Федерация|РФ|Rosja|Русия
    SE|SWE|Sweden|Швеция|Szwecja
    SI|SVN|Slovenia|Словения|Słowenia
    SK|SVK|Slovakia|Словакия|Słowacja
    TR|TUR|Turkey|Türkiye|Турция|Turcja
    UA|UKR|Ukraine|Украина|Ukraina|Украйна
    US|USA|United States|United States of America|США|Соединённые Штаты|Stany Zjednoczone|САЩ|Съединени щати
    """
}
