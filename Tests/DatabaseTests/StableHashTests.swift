import Database
import Testing

@Suite("Stable hash")
struct StableHashTests {
  /// First vectors of the reference implementation (vectors_sip128).
  @Test(arguments: [(0, "a3817f04ba25a8e66df67214c7550293"), (1, "da87c1d86b99af44347659119b22fc45"), (8, "3b62a9ba6258f5610f83e264f31497b4")])
  func referenceVectors(count: Int, expected: String) {
    let bytes = (0..<count).map { UInt8($0) }
    var single = StableHash(), block = StableHash()
    single.add(bytes)
    bytes.withUnsafeBytes { block.add($0) }
    #expect(single.value().description == expected)
    #expect(block.value() == single.value())
  }
}
