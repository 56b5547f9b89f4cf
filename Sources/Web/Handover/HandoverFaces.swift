import Domain
import Markup
import Store

/// Today's words for getting acquainted: a client that came from a colleague, a manager who is new.
enum HandoverFaces {
  static let all: [ReasonKind: ReasonFace] = [
    .handedOver: ReasonFace(icon: "handover", showsDue: false, done: .finish, line: { matter, _, w, _ in
      matter.text.isEmpty ? w("today.line.handed_over") : w("today.line.handed_over_from", ["name": matter.text])
    }),
    .managerChanged: ReasonFace(icon: "people", showsDue: false, done: .finish, line: { matter, _, w, _ in
      w("today.line.manager_changed", ["name": matter.text])
    }),
  ]
}
