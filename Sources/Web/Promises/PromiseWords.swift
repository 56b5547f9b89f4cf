import Domain
import Markup
import Store

/// Promises in the reader's words. A time is told on the reader's clock, a day as the day that was agreed.
extension Words {
  func dueDay(_ due: PromiseDue, now: Instant) -> String {
    guard due.time != nil else { return day(due.date, today: zone.date(now)) }
    let local = zone.local(due.deadline)
    return self("promises.day_time", ["day": day(local.date, today: zone.date(now)), "time": formats.time(local.time)])
  }

  func dueDate(_ due: PromiseDue) -> String {
    guard due.time != nil else { return formats.date(due.date) }
    return formats.dateTime(due.deadline)
  }

  /// `<time>` with the exact moment, and the day in words.
  func dueTag(_ due: PromiseDue, now: Instant) -> HTML {
    let machine = due.time == nil ? due.date.description : due.deadline.iso
    return "<time datetime=\"\(machine)\" title=\"\(dueDate(due))\">\(dueDay(due, now: now))</time>"
  }

  /// "due today", "was due 3 November", "kept yesterday".
  func fate(_ promise: Promise, now: Instant) -> HTML {
    let settled: HTML = promise.settledAt.map { dayTag($0, now: now) } ?? ""
    switch promise.state {
    case .open:
      return html(promise.isOverdue(at: now) ? "promises.was_due" : "promises.due", ["day": dueTag(promise.due, now: now)])
    case .kept where !promise.wasKeptOnTime: return html("promises.kept_late_on", ["day": settled])
    case .kept: return html("promises.kept_on", ["day": settled])
    case .broken: return html("promises.broken_on", ["day": settled])
    case .withdrawn: return html("promises.withdrawn_on", ["day": settled])
    case .cancelled: return html("promises.cancelled_on", ["day": settled])
    }
  }

  func side(_ side: PromiseSide) -> String { self("promises.side.\(side.rawValue)") }
}

extension Promise {
  /// Of the words for its date.
  func tone(at now: Instant) -> String {
    if isOverdue(at: now) || state == .broken { return "meta late" }
    return "meta"
  }
}

extension Call {
  /// A chip that says how it stands, never by colour alone.
  func stateChip(_ promise: Promise) -> HTML {
    let w = words
    switch promise.state {
    case .open where promise.isOverdue(at: now): return "<span class=\"chip danger\">\(icon("alert"))\(w("promises.state.overdue"))</span>"
    case .open where promise.due.from(in: w.zone) <= now: return "<span class=\"chip warn\">\(icon("clock"))\(w("promises.state.today"))</span>"
    case .open: return "<span class=\"chip info\">\(icon("promise"))\(w("promises.state.open"))</span>"
    case .kept where !promise.wasKeptOnTime: return "<span class=\"chip warn\">\(icon("check"))\(w("promises.state.kept_late"))</span>"
    case .kept: return "<span class=\"chip ok\">\(icon("check"))\(w("promises.state.kept"))</span>"
    case .broken: return "<span class=\"chip danger\">\(icon("cross"))\(w("promises.state.broken"))</span>"
    case .withdrawn: return "<span class=\"chip\">\(icon("undo"))\(w("promises.state.withdrawn"))</span>"
    case .cancelled: return "<span class=\"chip\">\(icon("minus"))\(w("promises.state.cancelled"))</span>"
    }
  }
}

extension PromiseDue {
  /// The beginning of the reader's day on which it falls due.
  func from(in reader: Zone) -> Instant { time == nil ? zone.instant(date) : reader.instant(reader.date(deadline)) }

  func isDueToday(at now: Instant, in reader: Zone) -> Bool { from(in: reader) <= now && !isPast(at: now) }
}
