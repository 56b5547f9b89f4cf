/// Who decided for a client, from when until when: out of the ties of its people, and the changes of manager that the history told.

package struct ManagerTie: Hashable, Sendable {
  package let person: PersonID
  package let name: String
  package let role: String
  /// Decides, or decided until the tie ended.
  package let isManager: Bool
  package let from: CalendarDate?
  package let until: CalendarDate?
  /// When the tie was entered.
  package let made: CalendarDate

  package init(
    person: PersonID, name: String, role: String, isManager: Bool, from: CalendarDate?, until: CalendarDate?, made: CalendarDate
  ) {
    (self.person, self.name, self.role, self.isManager) = (person, name, role, isManager)
    (self.from, self.until, self.made) = (from, until, made)
  }
}

package enum ManagerTerms {
  package struct Change: Hashable, Sendable {
    package let day: CalendarDate
    package let from: PersonID?
    package let to: PersonID?
    package init(day: CalendarDate, from: PersonID?, to: PersonID?) { (self.day, self.from, self.to) = (day, from, to) }
  }

  private struct Term {
    let tie: ManagerTie
    var from: CalendarDate?
    var until: CalendarDate?
    var isOpen: Bool
  }

  /// Oldest first.
  /// - Parameter changes: in the order of time.
  package static func terms(ties: [ManagerTie], changes: [Change]) -> [DossierManager] {
    var terms: [Term] = []
    func tie(_ person: PersonID?) -> ManagerTie? { person.flatMap { one in ties.last { $0.person == one } } }
    for change in changes {
      let successor = tie(change.to)
      // Whoever came as the manager decides since coming; whoever was there before, since the change.
      let begins = successor.flatMap { $0.made >= change.day ? $0.from : nil } ?? change.day
      if let former = tie(change.from) {
        let end = former.until.map { min($0, begins) } ?? begins
        if let open = terms.lastIndex(where: { $0.tie.person == former.person && $0.isOpen }) {
          (terms[open].until, terms[open].isOpen) = (end, false)
        } else {
          terms.append(Term(tie: former, from: former.from, until: end, isOpen: false))
        }
      }
      if let successor { terms.append(Term(tie: successor, from: begins, until: nil, isOpen: true)) }
    }
    for index in terms.indices where terms[index].isOpen && !(terms[index].tie.isManager && terms[index].tie.until == nil) {
      (terms[index].until, terms[index].isOpen) = (terms[index].tie.until, false)
    }
    for tie in ties where tie.isManager && !terms.contains(where: { $0.tie.person == tie.person }) {
      terms.append(Term(tie: tie, from: tie.from, until: tie.until, isOpen: tie.until == nil))
    }
    return terms.sorted { before($0, $1) }.map { term in
      DossierManager(
        personID: term.tie.person, name: term.tie.name, role: term.tie.role, from: term.from, until: term.until, isCurrent: term.isOpen)
    }
  }

  private static func before(_ a: Term, _ b: Term) -> Bool {
    if a.isOpen != b.isOpen { return b.isOpen }
    switch (a.from ?? a.until, b.from ?? b.until) {
    case (let one?, let other?): return one < other
    case (nil, .some): return true
    default: return false
    }
  }
}
