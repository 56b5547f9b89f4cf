extension PhraseBank {
  static let russian = english
}
