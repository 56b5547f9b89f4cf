package import Domain
import HTTPTypes
package import Hummingbird
package import Markup

/// The fields of a form being shown: what was typed stays, mistakes stand by their field and in the summary. It notes the
/// labels it wrote, so write the fields first and the summary after them.
///
///     var fields = FormFields(call, form, messages)
///     let body: HTML = "\(fields.text("name", w("accounts.name"), autocomplete: "name"))"
///     let page = "\(fields.summary)<form …>\(body)</form>"
package struct FormFields: Sendable {
  private let call: Call
  package let form: Form
  package let messages: [FieldMessage]
  private var labels: [String: String] = [:]

  package init(_ call: Call, _ form: Form, _ messages: [FieldMessage] = []) {
    self.call = call
    self.form = form
    self.messages = messages
  }

  /// A field with one input. Passwords are never written back.
  package mutating func text(
    _ name: String, _ label: String, type: String = "text", autocomplete: String = "off", hint: String? = nil,
    width: String? = nil, isOptional: Bool = false
  ) -> HTML {
    let value = type == "password" ? nil : form[name]
    let input: HTML = """
      <input id="\(name)" name="\(name)" type="\(type)" autocomplete="\(autocomplete)"\(attr: "value", value)\(described(name, hint))>
      """
    return field(name, label, hint, width, isOptional, input)
  }

  package mutating func area(_ name: String, _ label: String, hint: String? = nil, isOptional: Bool = false) -> HTML {
    field(name, label, hint, nil, isOptional, "<textarea id=\"\(name)\" name=\"\(name)\"\(described(name, hint))>\n\(form[name])</textarea>")
  }

  package mutating func select(
    _ name: String, _ label: String, _ options: [(value: String, text: String)], hint: String? = nil, width: String? = nil
  ) -> HTML {
    let chosen = form[name]
    let items = options.map { "<option value=\"\($0.value)\"\(attr: "selected", if: $0.value == chosen)>\($0.text)</option>" as HTML }
    return field(
      name, label, hint, width, false,
      "<select id=\"\(name)\" name=\"\(name)\"\(described(name, hint))>\(items)</select>")
  }

  package mutating func radios(_ name: String, _ legend: String, _ options: [(value: String, text: String, hint: String?)]) -> HTML {
    let chosen = form[name]
    let items = options.map { option -> HTML in
      let id = option.value == options.first?.value ? name : nil
      return choice("radio", id, name, option.value, option.value == chosen, option.text, option.hint)
    }
    return group(name, legend, items)
  }

  package mutating func checks(_ name: String, _ legend: String, _ options: [(value: String, text: String, hint: String?)]) -> HTML {
    let chosen = Set(form.all(name))
    let items = options.map { option -> HTML in
      let id = option.value == options.first?.value ? name : nil
      return choice("checkbox", id, name, option.value, chosen.contains(option.value), option.text, option.hint)
    }
    return group(name, legend, items)
  }

  package func check(_ name: String, _ label: String, hint: String? = nil) -> HTML {
    choice("checkbox", name, name, "1", form.isOn(name), label, hint)
  }

  package func hidden(_ name: String) -> HTML { "<input type=\"hidden\" name=\"\(name)\" value=\"\(form[name])\">" }

  /// All mistakes with links to their fields; empty when there are none.
  package var summary: HTML {
    guard !messages.isEmpty else { return "" }
    let w = call.words
    let items = messages.map { message -> HTML in
      let text = labels[message.field].map { w("field.in_summary", ["label": $0, "message": w(message)]) } ?? w(message)
      return "<li><a href=\"#\(message.field)\">\(text)</a></li>"
    }
    return """
      <div class="summary" role="alert" tabindex="-1" aria-labelledby="summary"><h2 id="summary">\(w.count("field.summary", messages.count))</h2>
      <ul>\(items)</ul></div>
      """
  }
}

extension FormFields {
  private func errors(_ name: String) -> [FieldMessage] { messages.filter { $0.field == name } }

  private func described(_ name: String, _ hint: String?) -> HTML {
    let isBad = !errors(name).isEmpty
    let ids = [hint == nil ? nil : "\(name)-hint", isBad ? "\(name)-error" : nil].compactMap(\.self)
    guard !ids.isEmpty else { return "" }
    return " aria-describedby=\"\(ids.joined(separator: " "))\"\(attr: "aria-invalid", isBad ? "true" : nil)"
  }

  private func errorLine(_ name: String) -> HTML {
    let texts = errors(name).map { call.words($0) }
    guard !texts.isEmpty else { return "" }
    return "<p class=\"error\" id=\"\(name)-error\">\(call.icon("alert"))\(texts.joined(separator: " "))</p>"
  }

  private mutating func field(
    _ name: String, _ label: String, _ hint: String?, _ width: String?, _ isOptional: Bool, _ control: HTML
  ) -> HTML {
    labels[name] = label
    let hintLine: HTML = hint.map { "<p class=\"hint\" id=\"\(name)-hint\">\($0)</p>" } ?? ""
    let optional: HTML = isOptional ? " <span class=\"optional\">\(call.words("field.optional"))</span>" : ""
    return """
      <div class="\(["field", width].compactMap(\.self).joined(separator: " "))"><label for="\(name)">\(label)\(optional)</label>\(hintLine)\(errorLine(name))\(control)</div>
      """
  }

  private mutating func group(_ name: String, _ legend: String, _ items: [HTML]) -> HTML {
    labels[name] = legend
    let bad = errors(name).isEmpty ? "" : " bad"
    return """
      <fieldset class="field\(bad)"><legend>\(legend)</legend>\(errorLine(name))<div class="choices">\(items)</div></fieldset>
      """
  }

  private func choice(
    _ type: String, _ id: String?, _ name: String, _ value: String, _ isOn: Bool, _ text: String, _ hint: String?
  ) -> HTML {
    let more: HTML = hint.map { " <span class=\"hint\">\($0)</span>" } ?? ""
    return """
      <label class="choice"><input type="\(type)"\(attr: "id", id) name="\(name)" value="\(value)"\(attr: "checked", if: isOn)><span>\(text)\(more)</span></label>
      """
  }
}

extension Call {
  /// Carries a form out; when its parser refuses it, the form is shown again with what was typed: 422. A value that another
  /// record has already is such a mistake, too.
  package func submit<T: Sendable>(
    _ body: () async throws -> T, again: ([FieldMessage]) async throws -> Page, then answer: (T) async throws -> Response
  ) async throws -> Response {
    let value: T
    do { value = try await body() } catch let invalid as InvalidForm {
      return try await refused(again(invalid.messages))
    } catch Refusal.duplicate(let field, _) {
      return try await refused(again([FieldMessage(field: field, key: "field.taken")]))
    }
    return try await answer(value)
  }

  private func refused(_ page: Page) -> Response {
    var page = page
    page.hasErrors = true
    return self.answer(page, status: .unprocessableContent)
  }
}
