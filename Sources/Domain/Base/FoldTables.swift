/// What each Latin letter is without its marks: the Unicode compatibility decompositions of U+00C0–U+024F and U+1E00–U+1EFF,
/// with đ, ħ, ı, ł, ø, ŧ and their like, which have none, given their base letter. `*` stands for anything else.

enum FoldTables {
  private static let extended: StaticString = """
    aaaaaa*ceeeeiiiidnooooo*ouuuuy**aaaaaa*ceeeeiiiidnooooo*ouuuuy*y\
    aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiii**jjkkklllllll\
    lllnnnnnn*nnoooooo**rrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs\
    bb***************ff****i********oo*************uu****zz*********\
    *************aaiioouuuuuuuuuu*aaaa**ggggkkoooo**j***gg**nnaa****\
    aaaaeeeeiiiioooorrrruuuusstt**hh****zzaaeeooooooooyy******acc***\
    ***b**eejj**rryy
    """
  private static let additional: StaticString = """
    aabbbbbbccddddddddddeeeeeeeeeeffgghhhhhhhhhhiiiikkkkkkllllllllmm\
    mmmmnnnnnnnnoooooooopppprrrrrrrrssssssssssttttttttuuuuuuuuuuvvvv\
    wwwwwwwwwwxxxxyyzzzzzzhtwy*s****aaaaaaaaaaaaaaaaaaaaaaaaeeeeeeee\
    eeeeeeeeiiiioooooooooooooooooooooooouuuuuuuuuuuuuuyyyyyyyy******
    """

  @inline(__always)
  static func latin(_ value: UInt32) -> UInt8? {
    switch value {
    case 0x00C0...0x024F: entry(extended, Int(value) - 0x00C0)
    case 0x1E00...0x1EFF: entry(additional, Int(value) - 0x1E00)
    default: nil
    }
  }

  @inline(__always)
  private static func entry(_ table: StaticString, _ index: Int) -> UInt8? {
    guard index < table.utf8CodeUnitCount else { return nil }
    let letter = table.utf8Start[index]
    return letter == 0x2A ? nil : letter
  }

  /// Letters that fold to several.
  static func several(_ value: UInt32) -> String? {
    switch value {
    case 0x00DF, 0x1E9E: "ss"
    case 0x00C6, 0x00E6, 0x01E2, 0x01E3, 0x01FC, 0x01FD: "ae"
    case 0x0152, 0x0153: "oe"
    case 0x00DE, 0x00FE: "th"
    case 0x0132, 0x0133: "ij"
    case 0x01C4...0x01C6, 0x01F1...0x01F3: "dz"
    case 0x01C7...0x01C9: "lj"
    case 0x01CA...0x01CC: "nj"
    default: nil
    }
  }

  /// A lower-case Cyrillic letter without its mark; й (U+0439) is not among them, it lies in the plain alphabet.
  static func unmarkedCyrillic(_ lower: UInt32) -> UInt32 {
    switch lower {
    case 0x0450, 0x0451: 0x0435  // ѐ, ё: е
    case 0x0453: 0x0433  // ѓ: г
    case 0x0457: 0x0456  // ї: і
    case 0x045C: 0x043A  // ќ: к
    case 0x045D: 0x0438  // ѝ: и
    case 0x045E: 0x0443  // ў: у
    default: lower
    }
  }

  /// After the base letter and all that may follow it in a word: ASCII's last two values, ź before ż.
  static func polishRank(_ value: UInt32) -> UInt8? {
    switch value {
    case 0x0104...0x0107, 0x0118, 0x0119, 0x0141...0x0144, 0x00D3, 0x00F3, 0x015A, 0x015B, 0x017B, 0x017C: 0x7F
    case 0x0179, 0x017A: 0x7E
    default: nil
    }
  }

  static func polishRank(_ base: UInt8, mark: UInt32) -> UInt8? {
    switch (Unicode.Scalar(base), mark) {
    case ("a", 0x0328), ("e", 0x0328), ("z", 0x0307): 0x7F
    case ("c", 0x0301), ("n", 0x0301), ("o", 0x0301), ("s", 0x0301): 0x7F
    case ("z", 0x0301): 0x7E
    default: nil
    }
  }
}
