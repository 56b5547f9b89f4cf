import Domain
import Markup
import Store

/// A mail as it came, with the question whose it is beside it.
enum FilingPage {
  static func page(
    _ model: FilingPages.Model, _ form: Form, _ messages: [FieldMessage], choices: [ClientChoice.Named], _ call: Call
  ) -> Page {
    let w = call.words, mail = model.mail
    let title = mail.subject.isEmpty ? w("filing.no_subject") : mail.subject
    var summary: HTML = ""
    let question = Self.question(model, form, messages, choices, call, &summary)
    return Page(title, place: .today, main: """
      \(summary)<nav class="crumb" aria-label="\(w("clients.place"))"><a href="\(Routes.Filing.list())" data-key="u">\(call.icon("back"))\(w("filing.title"))</a></nav>
      <header class="head"><div><h1>\(title)</h1>\(head(mail, call))</div></header>
      <div class="stack narrow">\(question)<section class="card" aria-labelledby="mail-h"><header><h2 id="mail-h">\(w("filing.the_mail"))</h2></header>\(words(model, call))</section></div>
      """)
  }

  private static func head(_ mail: CapturedMail, _ call: Call) -> HTML {
    let w = call.words
    let people = mail.outsiders.map { $0.name.isEmpty ? $0.address : "\($0.name) <\($0.address)>" }.joined(separator: ", ")
    return """
      <p class="meta">\(w("filing.\(mail.direction.rawValue)", ["people": people])) · <time datetime="\(mail.sentAt.iso)">\(w.formats.dateTime(mail.sentAt))</time> · \(w("today.for", ["name": mail.accountName]))</p>
      """
  }

  private static func words(_ model: FilingPages.Model, _ call: Call) -> HTML {
    let w = call.words
    let text: HTML = model.mail.body.isEmpty ? "<p class=\"empty in\">\(w("filing.no_words"))</p>" : MailText.html(model.mail.body, call)
    let items = model.files.map { file -> HTML in
      "<li><a class=\"file\" href=\"\(Routes.Filing.attachment(file.id))\" download>\(call.icon("file"))\(file.name) <small>\(w.formats.fileSize(file.size))</small></a></li>"
    }
    return "\(text)\(items.isEmpty ? "" : "<ul class=\"files\">\(items)</ul>" as HTML)"
  }

  private static func question(
    _ model: FilingPages.Model, _ form: Form, _ messages: [FieldMessage], _ choices: [ClientChoice.Named], _ call: Call, _ summary: inout HTML
  ) -> HTML {
    let w = call.words
    guard model.mail.state == .unfiled else {
      return "<div class=\"note info\">\(call.icon("check"))<p>\(w("filing.state.\(model.mail.state.rawValue)"))</p></div>"
    }
    if let subject = model.subject { return with(model, subject, form, messages, call, &summary) }
    let url = Routes.Filing.mail(model.mail.id)
    let likely = model.likely.map { client -> HTML in
      "<a class=\"button\" href=\"\(url + URLText.query([("client_id", client.id.description)]))\">\(call.icon("client"))\(client.name)</a>"
    }
    let offers: HTML = likely.isEmpty ? "" : "<p>\(w("filing.likely"))</p><div class=\"actions\">\(likely)</div>"
    let new: HTML = !model.mayEdit ? "" : "<a class=\"button\" href=\"\(newClient(model))\">\(call.icon("plus"))\(w("clients.new"))</a>"
    let pass: HTML = call.signedIn?.actor.scope == .own ? "" : """
      <a class="button quiet" href="\(Routes.Today.pass(ReasonKey(.unfiledMail, model.mail.id.rawValue)))" data-dialog>\(call.icon("handover"))\(w("today.pass"))</a>
      """
    return """
      <section class="card stack" aria-labelledby="whose-h"><header><h2 id="whose-h">\(w("filing.whose"))</h2></header>\(offers)
      <form class="stack" method="get" action="\(url)">\(ClientChoice.picker(call, form, messages, choices))
      <div class="form-end"><button class="primary">\(w("filing.next"))</button>\(new)</div></form>
      <form method="post" action="\(Routes.Filing.dismiss(model.mail.id))"><input type="hidden" name="version" value="\(model.mail.version)"><div class="actions"><button class="quiet">\(call.icon("close"))\(w("filing.dismiss"))</button>\(pass)</div></form></section>
      """
  }

  /// Somebody with an address of a public provider is most likely a person; of whom else the mail tells no company's name.
  private static func newClient(_ model: FilingPages.Model) -> String {
    let outsider = model.mail.outsiders.first
    let isPerson = outsider.flatMap { EmailAddress($0.address) }.map { FreeMail.has($0.domain) } ?? false
    let who = isPerson ? [("kind", PartyKind.person.rawValue), ("name", outsider?.name ?? "")] : []
    return Routes.Clients.new() + URLText.query(who + [("mail", model.mail.id.description)])
  }

  private static func with(
    _ model: FilingPages.Model, _ subject: LoggingSubject, _ form: Form, _ messages: [FieldMessage], _ call: Call, _ summary: inout HTML
  ) -> HTML {
    let w = call.words, mail = model.mail
    var fields = FormFields(call, form.text("client") == nil ? FilingForm.start(model) : form, messages)
    var people: [(value: String, text: String)] = [("", w("history.field.person_none"))]
    if model.isCompany, model.mayEdit, let outsider = model.unknown { people.append(("new", w("filing.new_person", ["name": outsider.shown]))) }
    people += subject.people.map { ($0.id.description, $0.isPast ? w("history.person_past", ["name": $0.name]) : $0.name) }
    let learn: HTML = !model.mayEdit ? "" : model.unknown.map { fields.check("learn", w("filing.learn", ["address": $0.address]), hint: w("filing.learn_hint")) } ?? ""
    let choose: HTML = people.count > 1 ? fields.select("with", w("history.field.person"), people) : ""
    summary = fields.summary
    return """
      <form class="card stack" method="post" action="\(Routes.Filing.file(mail.id))" aria-labelledby="whose-h" novalidate><header><h2 id="whose-h">\(w("filing.with", ["name": subject.name]))</h2></header>
      <input type="hidden" name="client" value="\(subject.id)"><input type="hidden" name="version" value="\(mail.version)">\(choose)\(learn)
      <div class="form-end"><button class="primary">\(w("filing.file"))</button><a class="button" href="\(Routes.Filing.mail(mail.id))">\(w("filing.other_client"))</a></div></form>
      """
  }
}

/// What waits, oldest first.
enum FilingList {
  static func page(_ page: CapturedMailPage, everyone: Bool, _ call: Call) -> Page {
    let w = call.words
    let rows = page.lines.map { row($0, everyone: everyone, call) }
    let list: HTML = rows.isEmpty ? """
      <div class="empty">\(call.icon("inbox"))<p>\(w("filing.none"))</p><p class="hint">\(w("filing.none_hint"))</p></div>
      """ : "<section class=\"card\"><ul class=\"items\" data-rows>\(rows)</ul></section>"
    let next: HTML = page.next.map { place in
      let query = URLText.query([("of", everyone ? "all" : ""), ("after", place.description)].filter { !$0.1.isEmpty })
      return "<nav class=\"list-end\" aria-label=\"\(w("settings.pages"))\"><span></span><a class=\"button\" href=\"\(Routes.Filing.list() + query)\" rel=\"next\">\(w("settings.next"))</a></nav>"
    } ?? ""
    let whose: HTML = !page.others && !everyone ? "" : """
      <nav class="tabs" aria-label="\(w("filing.whose_list"))"><a href="\(Routes.Filing.list())"\(attr: "aria-current", everyone ? nil : "page")>\(w("filing.mine"))</a>\
      <a href="\(Routes.Filing.list())?of=all"\(attr: "aria-current", everyone ? "page" : nil)>\(w("filing.everyones"))</a></nav>
      """
    return Page(w("filing.title"), place: .today, main: """
      <nav class="crumb" aria-label="\(w("clients.place"))"><a href="\(Routes.Today.page())" data-key="u">\(call.icon("back"))\(w("nav.today"))</a></nav>
      <header class="head"><div><h1>\(w("filing.title"))</h1></div></header><div class="stack">\(whose)\(list)\(next)</div>
      """)
  }

  private static func row(_ mail: CapturedMail, everyone: Bool, _ call: Call) -> HTML {
    let w = call.words
    let who = mail.outsiders.map(\.shown).joined(separator: ", ")
    let begin = QuotedText(mail.body).own.split(whereSeparator: \.isWhitespace).joined(separator: " ").prefix(160)
    let owner: HTML = everyone ? " · \(w("today.for", ["name": mail.accountName]))" : ""
    return """
      <li data-row>\(call.icon("email"))<div><b><a href="\(Routes.Filing.mail(mail.id))" data-open>\(mail.subject.isEmpty ? w("filing.no_subject") : mail.subject)</a></b>
      <p>\(w("filing.\(mail.direction.rawValue)", ["people": who]))</p><p class="meta">\(begin)</p><p class="meta">\(w.dayTag(mail.sentAt, now: call.now))\(owner)</p></div>
      <div class="actions no-print"><a class="button small" href="\(Routes.Filing.mail(mail.id))" data-key-row="e" aria-label="\(w("today.step_named", ["step": w("filing.file"), "name": mail.subject]))">\(w("filing.file"))</a>\
      <form method="post" action="\(Routes.Filing.dismiss(mail.id))"><input type="hidden" name="version" value="\(mail.version)"><button class="small quiet" aria-label="\(w("filing.dismiss_named", ["subject": mail.subject]))">\(w("filing.dismiss"))</button></form></div></li>
      """
  }
}
