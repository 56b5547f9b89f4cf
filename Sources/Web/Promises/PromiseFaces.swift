import Domain
import Markup
import Store

/// Promises on the page of today: kept in one click; what was escalated is opened.
enum PromiseFaces {
  static let all: [ReasonKind: ReasonFace] = [
    .promise: ReasonFace(icon: "promise", done: .finish, link: { Routes.Promises.page(PromiseID($0)) }),
    .promiseEscalated: ReasonFace(
      icon: "warn", done: .open { matter, _ in Routes.Promises.page(PromiseID(matter.key.subject)) },
      link: { Routes.Promises.page(PromiseID($0)) },
      line: { matter, _, w, _ in w("promises.escalated_line", ["what": matter.text]) }),
  ]
}
