import Domain
import Markup
import Store

/// Promises in the history, in the reader's words.
struct PromiseEventWords {
  private let w: Words
  init(_ words: Words) { w = words }

  func sentence(_ change: PromiseChange, _ note: PromiseNote) -> String {
    switch change {
    case .made: return w("history.event.promise_made.\(note.side.rawValue)", ["what": note.what, "date": w.dueDate(note.due)])
    case .kept where note.isLate == true: return w("history.event.promise_kept_late", ["what": note.what])
    case .renegotiated:
      let old = note.oldDue.map { w.dueDate($0) } ?? "–"
      return w("history.event.promise_renegotiated", ["what": note.what, "old": old, "new": w.dueDate(note.due)])
    default: return w("history.event.promise_\(change)", ["what": note.what])
    }
  }

  /// Why, and the words before a change.
  func details(_ note: PromiseNote) -> HTML {
    let reason: HTML = note.reason.map { "<p class=\"meta\">\(w("history.because", ["reason": $0]))</p>" } ?? ""
    guard let old = note.oldWhat else { return reason }
    return "\(reason)<details><summary>\(w("history.event.values"))</summary><p class=\"diff\"><del>\(old)</del> <ins>\(note.what)</ins></p></details>"
  }
}
