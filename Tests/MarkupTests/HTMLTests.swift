import Domain
import Markup
import Testing

@Suite struct HTMLTests {
  @Test func literalsAreMarkupAndTextIsEscaped() {
    let name = "<script>alert(\"1\")</script> & 'Ёлка'"
    let page: HTML = "<b title=\"\(name)\">\(name)</b>"
    let escaped = "&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; &#39;Ёлка&#39;"
    #expect(page.string == "<b title=\"\(escaped)\">\(escaped)</b>")
    #expect(HTML(name).string == escaped)
  }

  @Test func piecesSplice() {
    let items = ["a", "<b>"].map { "<li>\($0)</li>" as HTML }
    let none: HTML? = nil
    #expect(("<ul>\(items)\(none)</ul>" as HTML).string == "<ul><li>a</li><li>&lt;b&gt;</li></ul>")
    #expect(items.joined(by: ", ").string == "<li>a</li>, <li>&lt;b&gt;</li>")
    #expect(("\(5) \(Int64(-6)) \(ClientID(7)) \("x<y".prefix(2))" as HTML).string == "5 -6 7 x&lt;")
    #expect((HTML() + "<i>" + HTML(unsafe: "<b>")).string == "<i><b>")
    #expect(HTML().isEmpty && HTML("").isEmpty)
  }

  @Test func attributesStandOrVanish() {
    let (value, none): (String?, String?) = ("a\"b", nil)
    let page: HTML =
      "<input\(attr: "required", if: true)\(attr: "hidden", if: false)\(attr: "value", value)\(attr: "id", none)>"
    #expect(page.string == "<input required value=\"a&quot;b\">")
  }
}
