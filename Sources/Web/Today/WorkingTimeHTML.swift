import Domain
import Markup
import Store

/// The page of working hours and days off.
struct WorkingTimeHTML {
  private let call: Call
  private let subject: WorkingTimePages.Subject
  private let model: WorkingTimePages.Model
  private var fields: FormFields

  init(_ call: Call, _ subject: WorkingTimePages.Subject, _ model: WorkingTimePages.Model, _ form: Form, _ messages: [FieldMessage]) {
    (self.call, self.subject, self.model) = (call, subject, model)
    fields = FormFields(call, form, messages)
  }

  private var w: Words { call.words }

  var page: Page {
    var copy = self
    return copy.build()
  }

  private mutating func build() -> Page {
    let week: HTML = subject == .company ? "" : hours()
    let absence = newAbsence()
    let title: String =
      switch subject {
      case .own: w("today.hours_title")
      case .colleague: w("today.hours_of", ["name": model.name])
      case .company: w("today.holidays")
      }
    let tab: Settings.Tab =
      switch subject {
      case .own: .hours
      case .colleague: .users
      case .company: .holidays
      }
    return Settings.page(call, tab, title: title, summary: fields.summary, """
      <div class="stack narrow">\(deputyNote)\(week)\(list)\(absence)</div>
      """)
  }

  private var deputyNote: HTML {
    guard !model.standsInFor.isEmpty else { return "" }
    return "<div class=\"note info\">\(call.icon("info"))<p>\(w("today.stands_in", ["names": model.standsInFor.joined(separator: ", ")]))</p></div>"
  }

  private mutating func hours() -> HTML {
    let rows = Weekday.allCases.map { day -> HTML in
      let name = w.formats.weekday(day)
      let from = fields.text("from\(day.rawValue)", w("today.hours_from", ["day": name]), type: "time", width: "w-8")
      let until = fields.text("until\(day.rawValue)", w("today.hours_until", ["day": name]), type: "time", width: "w-8")
      return "<div class=\"row\">\(from)\(until)</div>"
    }
    return """
      <form class="card stack" method="post" action="\(subject.page)" aria-labelledby="week-h" novalidate data-dirty><h2 id="week-h">\(w("today.week_hours"))</h2>
      <p class="hint">\(w("today.week_hours_hint"))</p>\(rows)<div class="form-end"><button class="primary">\(w("settings.save"))</button></div></form>
      """
  }

  private var list: HTML {
    let mayRemove = { (row: AbsenceRow) in row.accountID != nil || subject == .company }
    let items = model.absences.map { row -> HTML in
      let days = row.absence.first == row.absence.last
        ? w.formats.date(row.absence.first) : w("today.range", ["from": w.formats.date(row.absence.first), "until": w.formats.date(row.absence.last)])
      var meta: [HTML] = []
      if row.accountID == nil { meta.append("\(w("today.holiday"))") }
      if let deputy = row.deputy { meta.append("\(w("today.deputy_is", ["name": deputy]))") }
      if !row.note.isEmpty { meta.append("\(row.note)") }
      let remove: HTML = mayRemove(row) ? """
        <div class="actions"><form method="post" action="\(subject.page)"><button class="small" name="remove" value="\(row.id)" aria-label="\(w("today.remove_absence", ["date": days]))">\(w("today.remove"))</button></form></div>
        """ : ""
      return "<li><div><b>\(days)</b><p class=\"meta\">\(meta.joined(by: " · "))</p></div>\(remove)</li>"
    }
    let body: HTML = items.isEmpty ? "<p class=\"empty in\">\(w("today.no_absences"))</p>" : "<ul class=\"items\">\(items)</ul>"
    return """
      <section class="card" aria-labelledby="off-h"><header><h2 id="off-h">\(w(subject == .company ? "today.holidays" : "today.days_off"))</h2></header>\(body)</section>
      """
  }

  private mutating func newAbsence() -> HTML {
    let deputies = [(value: "", text: w("today.no_deputy"))] + model.deputies.map { (value: $0.id.description, text: $0.name) }
    let deputy: HTML = subject == .company ? "" : fields.select("deputy", w("today.deputy"), deputies, hint: w("today.deputy_hint"))
    return """
      <form class="card stack" method="post" action="\(subject.page)" aria-labelledby="new-h" novalidate><h2 id="new-h">\(w(subject == .company ? "today.new_holiday" : "today.new_absence"))</h2>
      <div class="row">\(fields.text("first", w("today.first_day"), type: "date", width: "w-12"))\(fields.text("last", w("today.last_day"), type: "date", width: "w-12", isOptional: true))</div>
      \(deputy)\(fields.text("note", w("today.absence_note"), isOptional: true))
      <div class="form-end"><button class="primary" name="do" value="absence">\(w("today.add_absence"))</button></div></form>
      """
  }
}
