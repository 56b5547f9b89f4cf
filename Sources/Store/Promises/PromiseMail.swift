import Database
import Domain

/// What a reminder says by mail. It speaks of the promise as it stands, not of the step: a late reminder still says what is true.
struct PromiseReminder {
  let promise: PromiseID
  let step: ReminderStep
  let clientName: String
  let value: Promise
  let at: Instant

  func mail(to account: AccountID) -> MailDraft {
    let due = value.due
    let day: Phrase.Slot = due.time == nil ? .day(due.date) : .moment(due.deadline)
    let state = step.isForManagers ? "escalated" : value.isOverdue(at: at) ? "overdue" : "due"
    let slots: [String: Phrase.Slot] = ["what": .text(value.terms.what), "client": .text(clientName), "day": day]
    let letter = Letter(
      subject: .words("promises.mail.\(state).subject", slots), opening: [.words("promises.mail.\(state).\(value.terms.side.rawValue)", slots)],
      action: LetterLink(.words("promises.mail.open"), path: "/promises/\(promise)"), closing: [.words(step.isForManagers ? "promises.mail.closing.manager" : "promises.mail.closing.keeper")])
    return MailDraft(
      step.isForManagers ? .escalation : .reminder, key: "\(Self.key(promise))\(due.deadline.milliseconds):\(step):\(account)", to: .account(account),
      letter: letter)
  }

  /// All mails about one promise begin with it.
  static func key(_ promise: PromiseID) -> String { "promise:\(promise):" }
}

extension Transaction {
  /// What has not left yet need not: the promise is settled, or has another date.
  func cancelReminders(of promise: PromiseID) throws {
    try connection.run("""
      UPDATE mail SET state = 'cancelled', ended_at = \(now), lease_until = NULL
      WHERE idempotency_key >= \(PromiseReminder.key(promise)) AND idempotency_key < \("promise:\(promise);") AND state IN ('queued','leased')
      """)
  }
}
