extension PhraseBank {
  static let polish = english
}
