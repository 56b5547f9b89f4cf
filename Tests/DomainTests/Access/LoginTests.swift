import Domain
import Testing

struct LoginThrottleTests {
  private static let now = Instant(milliseconds: 1_793_887_620_000)
  private static func ago(_ seconds: [Int64]) -> [Instant] { seconds.map { now.adding(milliseconds: -$0 * Instant.second) } }

  /// Seconds since each failure → milliseconds to wait, at a limit of ten.
  @Test(arguments: [
    ([], 0), ([0], 0), ([0, 0, 0, 0], 0), ([0, 0, 0, 0, 0], 1000), ([1, 1, 1, 1, 1], 0), ([0, 0, 0, 0, 0, 0], 2000),
    ([0, 0, 0, 0, 0, 0, 0], 4000), ([3, 9, 9, 9, 9, 9, 9], 1000), (Array(repeating: 60, count: 10), 14 * 60_000),
    (Array(repeating: 901, count: 50), 0), (Array(repeating: 60, count: 10) + Array(repeating: 30, count: 5), 14 * 60_000),
  ] as [([Int64], Int64)])
  func waits(seconds: [Int64], expected: Int64) {
    #expect(LoginThrottle.wait(after: Self.ago(seconds), limit: 10, at: Self.now) == expected)
  }

  @Test func aLimitOfOneOrLessStillLetsOneIn() {
    #expect(LoginThrottle.wait(after: [], limit: 0, at: Self.now) == 0)
    #expect(LoginThrottle.wait(after: [Self.now], limit: 0, at: Self.now) == LoginThrottle.window)
    #expect(LoginThrottle.wait(after: [Instant(milliseconds: .max)], limit: 3, at: Instant(milliseconds: .min)) >= 0)
  }
}

struct PasswordTests {
  @Test(arguments: ["password", "PASSWORD", "12345678", "aaaaaaaaaa", "maria@example.com", "парола123", "qwertyuiop", "ababababab",
    "P@ssw0rd2026!", "Парола2026", "qwerty123", "1qaz2wsx", "01.02.1984", "19840201", "йцукен321", "Haslo!2026", "abcabcabcabc", "maria2026"])
  func refusesWhatEveryoneTries(password: String) { #expect(Password.isCommon(password, email: "maria@example.com")) }

  @Test(arguments: ["correct horse battery", "зелёный чай утром", "Tr0ub4dor&3x", "жълта лодка 7", "123 qwerty яблони", "2026-02 среща", "mariachi band", "passwortlos reisen"])
  func takesWhatIsOnesOwn(password: String) { #expect(!Password.isCommon(password, email: "maria@example.com")) }

  @Test func hashesAreArgon2idAndVerify() throws {
    let hash = try #require(Password.hash("зелёный чай"))
    #expect(hash.hasPrefix("$argon2id$v=19$m=65536,t=2,p=1$"))
    #expect(Password.verify("зелёный чай", against: hash))
    #expect(!Password.verify("зеленый чай", against: hash))
    #expect(!Password.verify("", against: "no hash"))
    #expect(!Password.needsRehash(hash))
  }

  @Test func tokensAre256BitsInBase64URL() {
    let tokens = (0..<100).map { _ in Secret.text(Secret.random(32)) }
    #expect(Set(tokens).count == 100)
    #expect(tokens.allSatisfy { $0.utf8.count == 43 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "-_".contains($0)) } })
    #expect(Secret.text([0xFB, 0xFF]) == "-_8")
    #expect(Secret.hex(Secret.hash(of: "abc")) == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
  }
}
