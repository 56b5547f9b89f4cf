import Domain
import HTTPTypes
import Hummingbird
import Markup
import Store

/// Promises found in what is typed about a contact, offered and never made silently: with script as one types, in the form itself;
/// without, on the client's page once the contact is logged. A tick or a click makes them.
enum PromiseOffer {
  /// In the client page's URL: the entry whose words are looked through.
  static let parameter = "offer"

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Promises.recognition) { call in
      let form = try await call.uploadForm()
      let found = recognised(form, call)
      return call.answer(Page(call.words("promises.title"), place: .promises, main: fieldset(offers(found, form), call)))
    }
  }

  static func recognised(_ form: Form, _ call: Call) -> [RecognisedPromise] {
    let zone = call.words.zone
    let said = LocalDateTime(form["when"]) ?? zone.local(call.now)
    return PromiseRecognition.find(in: ["subject", "body", "outcome"].map { form[$0] }.joined(separator: "\n"), said: said)
  }

  /// One line of the form: what was recognised, with what the person made of it.
  private struct Offer {
    let key: String
    var isTicked: Bool
    var side: String
    var what: String
    var due: String
    var time: String
  }

  /// What was ticked or changed stays while one types on.
  private static func offers(_ found: [RecognisedPromise], _ form: Form) -> [Offer] {
    let before = Dictionary(sent(form).map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
    return found.map { promise in
      let key = "\(promise.side.rawValue) \(promise.date) \(promise.what)"
      return before[key] ?? Offer(
        key: key, isTicked: false, side: promise.side.rawValue, what: promise.what, due: promise.date.description,
        time: promise.time?.description ?? "")
    }
  }

  private static func sent(_ form: Form) -> [Offer] {
    (0..<PromiseRecognition.limit).filter { form.has("promise_key_\($0)") }.map { index in
      Offer(
        key: form["promise_key_\(index)"], isTicked: form.isOn("promise_\(index)"), side: form["promise_side_\(index)"],
        what: form["promise_what_\(index)"], due: form["promise_due_\(index)"], time: form["promise_time_\(index)"])
    }
  }

  /// The place in a contact's form, filled again when the form comes back.
  static func place(_ form: Form, _ messages: [FieldMessage], _ call: Call) -> HTML {
    guard call.may(.editPromises) else { return "" }
    let lines = sent(form)
    return "<div data-checked aria-live=\"polite\">\(lines.isEmpty ? "" : fieldset(lines, call, messages))</div>"
  }

  private static func fieldset(_ offers: [Offer], _ call: Call, _ messages: [FieldMessage] = []) -> HTML {
    guard !offers.isEmpty else { return "" }
    let w = call.words
    let lines = offers.enumerated().map { index, offer -> HTML in line(index, offer, call, messages) }
    return "<fieldset class=\"field offers\"><legend>\(w("promises.offered"))</legend>\(lines)</fieldset>"
  }

  private static func line(_ index: Int, _ offer: Offer, _ call: Call, _ messages: [FieldMessage]) -> HTML {
    let w = call.words
    var form = Form()
    for (name, value) in [("what", offer.what), ("due", offer.due), ("time", offer.time), ("side", offer.side)] {
      form.set("promise_\(name)_\(index)", value)
    }
    var fields = FormFields(call, form, messages)
    let sides = PromiseSide.allCases.map { (value: $0.rawValue, text: w("promises.who.\($0.rawValue)")) }
    let summary = CalendarDate(offer.due).map { w.formats.date($0) } ?? offer.due
    return """
      <input type="hidden" name="promise_key_\(index)" value="\(offer.key)">\
      <label class="choice"><input type="checkbox" id="promise_\(index)" name="promise_\(index)" value="1"\(attr: "checked", if: offer.isTicked)><span>\
      \(w("promises.offer_line.\(PromiseSide(rawValue: offer.side) ?? .us)", ["what": offer.what, "date": summary]))</span></label>\
      <details\(attr: "open", if: messages.contains { $0.field.hasSuffix("_\(index)") })><summary>\(w("promises.change_offer"))</summary><div class="stack">\
      \(fields.text("promise_what_\(index)", w("promises.field.what")))<div class="row">\(fields.text("promise_due_\(index)", w("promises.field.due"), type: "date", width: "w-12"))\
      \(fields.text("promise_time_\(index)", w("promises.field.time"), type: "time", width: "w-8", isOptional: true))\
      \(fields.select("promise_side_\(index)", w("promises.field.side"), sides, width: "w-12"))</div></div></details>
      """
  }

  /// The ticked ones, read.
  static func chosen(_ form: Form, _ call: Call) throws -> [PromiseForm.Values] {
    var messages: [FieldMessage] = []
    var out: [PromiseForm.Values] = []
    for (index, offer) in sent(form).enumerated() where offer.isTicked {
      let one = Form([
        ("side", offer.side), ("what", offer.what), ("due", offer.due), ("time", offer.time), ("person", form["person"]),
        ("zone", call.words.zone.name),
      ])
      do throws(InvalidForm) {
        out.append(try PromiseForm.values(one, owner: call.signedIn?.actor.id ?? AccountID(0), zone: call.words.zone, today: call.today))
      } catch {
        messages += error.messages.map { FieldMessage(field: "promise_\($0.field)_\(index)", key: $0.key, slots: $0.slots) }
      }
    }
    guard messages.isEmpty else { throw InvalidForm(messages) }
    return out
  }

  /// Whether the person has seen what is offered, and left it.
  static func wasSeen(_ form: Form) -> Bool { !sent(form).isEmpty }
}

// MARK: After the contact
extension PromiseOffer {
  /// On the client's page: each promise in one click, or first into the form.
  static func note(_ model: PromisePanel.Model, _ call: Call) -> HTML {
    let w = call.words
    let back = Routes.Clients.page(model.party) + URLText.query([(parameter, model.offeredIn?.description ?? "")])
    return model.offers.map { offer -> HTML in
      let pairs = [
        ("what", offer.what), ("due", offer.date.description), ("time", offer.time?.description ?? ""), ("side", offer.side.rawValue),
        ("entry", model.offeredIn?.description ?? ""),
      ]
      let inputs = (pairs + [("back", back), ("zone", w.zone.name)]).map { "<input type=\"hidden\" name=\"\($0.0)\" value=\"\($0.1)\">" as HTML }
      return """
        <div class="note info">\(call.icon("promise"))<p>\(w("promises.offer_found", ["what": offer.what, "date": w.formats.date(offer.date), "who": w("promises.who.\(offer.side.rawValue)")]))</p>\
        <form method="post" action="\(Routes.Promises.add(model.party))">\(inputs)<button class="small">\(w("promises.make"))</button></form>\
        <a class="button small" href="\(Routes.Promises.new(model.party) + URLText.query(pairs.filter { !$0.1.isEmpty }))" data-dialog>\(w("promises.change_offer"))</a></div>
        """
    }.joined()
  }
}
