import Domain
import Markup
import Store

/// The list itself: days, entries, and runs of automatic entries folded into one line.
struct TimelineList {
  private let timeline: Timeline
  private let entryHTML: EntryHTML
  private let call: Call
  private let zone: Zone

  init(_ timeline: Timeline, party: PartyID, _ call: Call) {
    self.timeline = timeline
    self.call = call
    zone = call.words.zone
    entryHTML = EntryHTML(timeline, party: party, call)
  }

  var html: HTML {
    var out = HTML(capacity: (timeline.entries.count + timeline.pinned.count) * 700)
    out += "<ol class=\"timeline\" data-entries>"
    for entry in timeline.pinned { out += entryHTML.whole(entry, dated: true) }
    var day: CalendarDate?
    var rest = timeline.entries[...]
    while let entry = rest.first {
      let run = rest.prefix { $0.kind.isAutomatic }
      if run.count > 1, let last = run.last {
        out += fold(run)
        rest = rest.dropFirst(run.count)
        // What is folded says its own days.
        if zone.date(last.occurredAt) != day { day = nil }
        continue
      }
      let own = zone.date(entry.occurredAt)
      if own != day {
        out += "<li class=\"day\">\(call.words.formats.date(own))</li>"
        day = own
      }
      out += entryHTML.whole(entry, dated: false)
      rest = rest.dropFirst()
    }
    out += "</ol>"
    return out
  }

  private func fold(_ run: ArraySlice<TimelineEntry>) -> HTML {
    """
    <li class="fold"><details><summary>\(call.words.count("history.events", run.count))</summary>\
    <ol class="timeline">\(run.map { entryHTML.whole($0, dated: true) })</ol></details></li>
    """
  }
}
