extension PhraseBank {
  static let bulgarian = english
}
