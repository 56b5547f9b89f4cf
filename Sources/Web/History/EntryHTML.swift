import Domain
import Markup
import Store

/// One entry of a timeline: what it was, when, who, the words, the files, and what stood there before.
struct EntryHTML {
  private let timeline: Timeline
  private let call: Call
  private let events: EventWords
  private let nobody: String
  private let moreLabel: String

  /// - Parameter namesDeals: false on the page of a deal, whose name stands there already.
  init(_ timeline: Timeline, party: PartyID, _ call: Call, namesDeals: Bool = true) {
    self.timeline = timeline
    self.call = call
    events = EventWords(timeline, party: party, call.words, namesDeals: namesDeals)
    nobody = call.words("history.nobody")
    moreLabel = call.words("history.more")
  }

  /// - Parameter dated: the date stands with the entry, where no heading says it.
  func whole(_ entry: TimelineEntry, dated: Bool, linked: Bool = true) -> HTML {
    switch entry.kind {
    case .contact, .note: written(entry, dated, linked)
    case .withdrawal: withdrawn(entry, dated, linked)
    default: automatic(entry, dated)
    }
  }

  private func written(_ entry: TimelineEntry, _ dated: Bool, _ linked: Bool) -> HTML {
    let classes = entry.isPinned ? "entry pinned" : entry.direction == .incoming ? "entry in" : "entry"
    return """
      <li class="\(classes)" id="e\(entry.id)">\(call.icon(icon(entry)))<header><b>\(title(entry))</b>\(about(entry, dated))\(linked ? more(entry) : "" as HTML)</header>\
      \(texts(entry))\(promises(entry))\(files(entry))\(versions(entry))</li>
      """
  }

  private func withdrawn(_ entry: TimelineEntry, _ dated: Bool, _ linked: Bool) -> HTML {
    let reason: HTML = entry.body.isEmpty ? "" : "<p class=\"outcome\">\(entry.body)</p>"
    return """
      <li class="entry auto" id="e\(entry.id)">\(call.icon("undo"))<header><b>\(call.words("history.withdrawn"))</b>\(about(entry, dated))\(linked ? more(entry) : "" as HTML)</header>\
      \(reason)\(versions(entry))</li>
      """
  }

  private func automatic(_ entry: TimelineEntry, _ dated: Bool) -> HTML {
    """
    <li class="entry auto" id="e\(entry.id)">\(call.icon("auto"))<header>\(events.sentence(entry)) · \(time(entry.occurredAt, dated))\
     · \(author(entry))</header>\(events.details(entry))</li>
    """
  }

  /// " · 14:05 · with Peter Ivanov · Maria"
  private func about(_ entry: TimelineEntry, _ dated: Bool) -> HTML {
    var out: HTML = " · \(time(entry.occurredAt, dated))"
    if let person = entry.personID, let name = timeline.people[person] {
      out += " · \(call.words("history.with", ["name": name]))"
    }
    out += " · \(author(entry))"
    if entry.isPinned { out += " · \(call.words("history.pinned"))" }
    return out
  }

  private func time(_ instant: Instant, _ dated: Bool) -> HTML {
    let formats = call.words.formats
    return "<time datetime=\"\(instant.iso)\">\(dated ? formats.dateTime(instant) : formats.time(instant))</time>"
  }

  private func author(_ entry: TimelineEntry) -> String { entry.authorID.flatMap { timeline.accounts[$0] } ?? nobody }

  private func more(_ entry: TimelineEntry) -> HTML {
    """
    <span class="end"><a class="button square quiet small no-print" href="\(Routes.History.entry(entry.id))" data-dialog data-key-row="." aria-label="\(moreLabel)">\(call.icon("dots"))</a></span>
    """
  }

  /// - Parameter asWas: words that no longer stand, which nobody should take for an entry's.
  private func texts(_ entry: TimelineEntry, asWas: Bool = false) -> HTML {
    if entry.isErased { return "<p class=\"meta\">\(call.words("history.erased"))</p>" }
    var out = HTML()
    if !entry.subject.isEmpty { out += asWas ? "<p><b>\(entry.subject)</b></p>" : "<p class=\"subject\">\(entry.subject)</p>" }
    if !entry.body.isEmpty { out += entry.channel == .email ? MailText.html(entry.body, call) : "<p class=\"text\">\(entry.body)</p>" }
    if !entry.outcome.isEmpty { out += "<p class=\"outcome\">\(call.icon("arrow"))\(entry.outcome)</p>" }
    return out
  }

  /// "→ Promise: price list, due Friday".
  private func promises(_ entry: TimelineEntry) -> HTML {
    entry.promises.map { promise -> HTML in
      let words = call.words(
        "promises.in_entry.\(promise.side.rawValue)", ["what": promise.what, "date": call.words.dueDate(promise.due)])
      return "<p class=\"outcome\">\(call.icon("promise"))<a href=\"\(Routes.Promises.page(promise.id))\">\(words)</a></p>"
    }.joined()
  }

  private func files(_ entry: TimelineEntry) -> HTML {
    guard !entry.files.isEmpty else { return "" }
    let items = entry.files.map { file -> HTML in
      "<li><a class=\"file\" href=\"\(Routes.History.attachment(file.id))\" download>\(call.icon("file"))\(file.name) <small>\(call.words.formats.fileSize(file.size))</small></a></li>"
    }
    return "<ul class=\"files\">\(items)</ul>"
  }

  /// What the entry takes the place of.
  private func versions(_ entry: TimelineEntry) -> HTML {
    guard !entry.before.isEmpty else { return "" }
    let w = call.words
    let summary = w(
      entry.kind == .withdrawal ? "history.withdrawn_by" : "history.corrected_by",
      ["when": w.formats.dateTime(entry.recordedAt), "name": author(entry)])
    let reason: HTML = entry.kind == .withdrawal ? "" : entry.reason.map { "<p class=\"meta\">\(w("history.because", ["reason": $0]))</p>" } ?? ""
    let was = entry.before.filter { $0.kind != .withdrawal }.map { old -> HTML in
      "<div class=\"was\"><p class=\"meta\">\(title(old))\(about(old, true))</p>\(texts(old, asWas: true))</div>"
    }
    return "<details><summary>\(summary)</summary>\(reason)\(was)</details>"
  }

  func title(_ entry: TimelineEntry) -> String {
    switch entry.kind {
    case .note: call.words("history.note")
    case .withdrawal: call.words("history.withdrawn")
    default: call.words("history.title.\(entry.channel?.rawValue ?? "call").\(entry.direction?.rawValue ?? "out")")
    }
  }

  private func icon(_ entry: TimelineEntry) -> String {
    entry.isPinned ? "pin" : entry.kind == .note ? "note" : entry.channel?.rawValue ?? "note"
  }
}
