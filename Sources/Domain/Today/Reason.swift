/// A reason why a client (or a task) needs somebody: from when on, by when, and whose it is. Features raise it in the transaction
/// of what it comes from, and settle it in the same way.
package struct Reason: Sendable, Hashable {
  package enum Bearer: Sendable, Hashable {
    case account(AccountID)
    /// Whoever answers for the client, now and after every change.
    case clientOwner
  }

  /// By when: a day, or a moment of it.
  package enum Due: Sendable, Hashable {
    case on(CalendarDate, Zone)
    case at(Instant)

    package var instant: Instant {
      switch self {
      case .on(let day, let zone): zone.instant(day)
      case .at(let moment): moment
      }
    }
    package var day: CalendarDate? { if case .on(let day, _) = self { day } else { nil } }
  }

  package let kind: ReasonKind
  /// The row it comes from; there is one reason per kind and subject.
  package let subject: Int64
  package let client: ClientID?
  package let bearer: Bearer
  /// It shows from here on. Until then it costs nothing.
  package var from: Instant
  package var due: Due
  /// 0 to 15: among reasons of one heading and one due moment the heavier comes first.
  package var weight: Int
  /// What it is about, in the words of whoever wrote it.
  package var text: String
  /// A figure for the sentence: the age, the days of the rhythm.
  package var number: Int?

  /// One of a client's, for its owner.
  package init(
    _ kind: ReasonKind, subject: Int64, client: ClientID, from: Instant, due: Due, weight: Int = 0, text: String = "", number: Int? = nil
  ) {
    (self.kind, self.subject, self.client, bearer) = (kind, subject, client, .clientOwner)
    (self.from, self.due, self.weight, self.text, self.number) = (from, due, weight, text, number)
  }

  /// One for a certain account, with a client or without.
  package init(
    _ kind: ReasonKind, subject: Int64, client: ClientID?, for account: AccountID, from: Instant, due: Due, weight: Int = 0,
    text: String = "", number: Int? = nil
  ) {
    (self.kind, self.subject, self.client, bearer) = (kind, subject, client, .account(account))
    (self.from, self.due, self.weight, self.text, self.number) = (from, due, weight, text, number)
  }

  /// The place in the order, smallest first: the heading, then the due moment, then the weight. It does not depend on the clock,
  /// so that it is kept in the index.
  package var press: Int64 { Self.press(kind.group, due: due.instant, weight: weight) }

  package static func press(_ group: ReasonGroup, due: Instant, weight: Int) -> Int64 {
    let moment = min(max(due.milliseconds, 0), lastMoment)
    return Int64(group.rawValue) << groupShift | moment << weightBits | Int64(15 - min(max(weight, 0), 15))
  }
  /// The places of a heading, from the first to before the next heading's.
  package static func presses(of group: ReasonGroup) -> Range<Int64> {
    let first = Int64(group.rawValue) << groupShift
    return first..<first + 1 << groupShift
  }
  package static func group(ofPress press: Int64) -> ReasonGroup? { ReasonGroup(rawValue: Int(press >> groupShift)) }

  package static let groupShift: Int64 = 48
  package static let weightBits: Int64 = 4
  /// The year 2527.
  private static let lastMoment: Int64 = (1 << 44) - 1

  /// When something hidden for good would show: a client in the archive or the bin needs nobody.
  package static let never = Instant(milliseconds: 1 << 52)
}
