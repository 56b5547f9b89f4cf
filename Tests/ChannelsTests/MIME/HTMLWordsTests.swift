import Foundation
import Testing

@testable import Channels

@Suite struct HTMLWordsTests {
  @Test(arguments: [
    ("<p>Добрый день,</p><p>счёт <b>№ 5</b>.</p>", "Добрый день,\n\nсчёт № 5."),
    ("a<br>b<br/>c<br><br><br><br>d", "a\nb\nc\n\nd"),
    ("<div>one</div><div>two</div><div><br></div><div>three</div>", "one\ntwo\n\nthree"),
    ("<head><title>t</title><style>p{}</style></head><body><script>x()</script>word", "word"),
    ("<a href='https://example.com'>the  offer</a>\n now", "the offer now"),
    ("&lt;5&nbsp;&euro;&#x20AC;&amp;&#1046; &bogus;", "<5 €€&Ж &bogus;"),
    ("<ul><li>one<li>two</ul>end", "– one\n– two\n\nend"),
    ("<table><tr><td>a</td><td>b</td></tr><tr><td>c</td></tr></table>", "a b\nc"),
    ("<p>yes</p><blockquote type=cite><p>old</p><p>words</p></blockquote>", "yes\n\n> old\n\n> words"),
    ("<div style='display: none'>peek</div><p>shown", "shown"),
    ("<pre>a\n  b\n</pre>c", "a\n  b\n\nc"),
    ("no tags at all", "no tags at all"), ("", ""), ("<p>", ""), ("<", ""), ("<p>unclosed <b>words", "unclosed words"),
    ("a<!-- c -->b", "ab"), ("\u{0}a\u{0}b", "ab"), ("<meta charset=windows-1251><p>Щука", "Щука"),
  ]) func wordsAreKeptAndTagsAreNot(_ html: String, _ words: String) {
    #expect(HTMLWords.read(html) == words)
  }

  @Test func longTextStaysWhole() {
    let text = (0..<20_000).map { "w\($0)" }.joined(separator: " ")
    #expect(HTMLWords.read("<p class='a b'>\(text)</p>") == text)
    let rows = (0..<5000).map { "<tr class='x y' style='a b'><td>r\($0)</td></tr>" }.joined()
    #expect(HTMLWords.read("<table>\(rows)</table>") == (0..<5000).map { "r\($0)" }.joined(separator: "\n"))
  }

  /// Neither the stack nor the time runs out, however deep or broken.
  @Test(arguments: [
    Hostile("deep", String(repeating: "<div>", count: 100_000) + "x"),
    Hostile("ends that end nothing", String(repeating: "<b>", count: 100_000) + String(repeating: "</i>", count: 100_000)),
    Hostile("tables", String(repeating: "<table><tr><td>", count: 50_000)), Hostile("ends", String(repeating: "</div>", count: 300_000)),
    Hostile("quotes", String(repeating: "<blockquote type=cite>", count: 50_000) + "x"),
    Hostile("entities", String(repeating: "&", count: 1_000_000)), Hostile("open values", String(repeating: "<a b='", count: 200_000)),
    Hostile("attributes", "<a " + (0..<200_000).map { "a\($0)" }.joined(separator: " ") + ">x"),
    Hostile("attributes with ends within", "<a " + (0..<150_000).map { "a\($0)=\">\"" }.joined() + ">x"),
    Hostile("comments", String(repeating: "<!--", count: 400_000)),
  ]) func hostileTextComesToAnEnd(_ hostile: Hostile) {
    #expect(HTMLWords.read(hostile.source).unicodeScalars.count <= MIMEReader.textLimit)
  }
}
