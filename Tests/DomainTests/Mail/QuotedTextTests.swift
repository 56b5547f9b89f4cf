import Domain
import Foundation
import Testing

struct QuotedTextTests {
  @Test(arguments: [
    ("Thanks!\n\nOn Mon, 2 Nov 2026 at 10:15, Maria <maria@a.example> wrote:\n> The list\n> is here.\n", "Thanks!"),
    ("Получих я, благодаря!\n\nНа пн, 5.02.2024 г. в 10:15 Продажби <sales@a.example> написа:\n\n> Изпращаме\n>\n> Поздрави,", "Получих я, благодаря!"),
    ("Спасибо.\n\nпн, 2 нояб. 2026 г. в 10:15, Мария <maria@a.example>:\n> Список", "Спасибо."),
    ("Dziękuję\n\nW dniu 2.11.2026 o 10:15, Maria pisze:\n> Lista", "Dziękuję"),
    ("Yes.\n\nOn Mon, 2 Nov 2026, Maria of the agency\n<maria@a.example> wrote:\n> The list", "Yes."),
    ("Yes.\n\n-----Original Message-----\nFrom: Maria\nSent: Monday\n\nThe list", "Yes."),
    ("Да.\n\n-------- Исходное сообщение --------\nОт: Мария", "Да."),
    ("> Is it green?\nYes.\n> And big?\nNo.", "> Is it green?\nYes.\n> And big?\nNo."),
    ("> all\n> quoted", "> all\n> quoted"), ("Plain words", "Plain words"), ("", ""), ("-- \nMaria", "-- \nMaria"),
  ])
  func ownWordsComeFirst(_ text: String, _ own: String) {
    let parts = QuotedText(text)
    #expect(parts.own == own)
    #expect(text.filter { !$0.isWhitespace } == (parts.own + parts.quoted).filter { !$0.isWhitespace })
  }

  private static let folder = "../shared/data/mime/replies_trimmer"
  private static let areHere = FileManager.default.fileExists(atPath: folder)

  /// What another program (Discourse's email_reply_trimmer) takes for the writer's own words is never folded.
  @Test(.enabled(if: areHere, "needs the shared data")) func nobodysOwnWordsAreFolded() throws {
    let names = try FileManager.default.contentsOfDirectory(atPath: "\(Self.folder)/emails").filter { $0.hasSuffix(".txt") }.sorted()
    var same = 0
    for name in names {
      let text = Self.read("emails/\(name)"), own = Self.read("trimmed/\(name)"), parts = QuotedText(text)
      let shown = Set(Self.lines(parts.own))
      #expect(Self.lines(own).filter { !shown.contains($0) } == [], "\(name)")
      #expect(text.filter { !$0.isWhitespace } == (parts.own + parts.quoted).filter { !$0.isWhitespace }, "\(name)")
      if Self.lines(own) == Self.lines(parts.own) { same += 1 }
    }
    #expect(names.count > 40 && same >= 12, "\(same) of \(names.count) the same")
  }

  private static func read(_ path: String) -> String {
    String(decoding: FileManager.default.contents(atPath: "\(folder)/\(path)") ?? Data(), as: UTF8.self).replacing("\r\n", with: "\n")
  }
  private static func lines(_ text: String) -> [Substring] { text.split(separator: "\n").map { $0.trimmingBlanks }.filter { !$0.isEmpty } }
}
