/// A task as a person enters it: work of our own, promised to nobody. What is promised to or by a client is a promise.

package struct TaskDraft: Hashable, Sendable {
  package var title: String
  package var note: String
  package var clientID: ClientID?
  /// Who is to do it.
  package var ownerID: AccountID
  package var due: TaskDue?
  package var isImportant: Bool
  /// Only with a due date.
  package var recurrence: Recurrence?
  package var checklist: [ChecklistStep]

  package init(
    title: String, note: String = "", clientID: ClientID? = nil, ownerID: AccountID, due: TaskDue? = nil,
    isImportant: Bool = false, recurrence: Recurrence? = nil, checklist: [ChecklistStep] = []
  ) {
    self.title = title
    self.note = note
    self.clientID = clientID
    self.ownerID = ownerID
    self.due = due
    self.isImportant = isImportant
    self.recurrence = recurrence
    self.checklist = checklist
  }

  package static let titleLimit = 300
  package static let noteLimit = 20_000
  package static let stepLimit = 300
  package static let stepsLimit = 100
}

/// One line of a task's checklist.
package struct ChecklistStep: Hashable, Sendable {
  package var text: String
  package var isDone: Bool

  package init(_ text: String, isDone: Bool = false) { (self.text, self.isDone) = (text, isDone) }
}

extension [ChecklistStep] {
  /// New lines in place of these; a line whose words stayed keeps its tick.
  package func replaced(by lines: [String]) -> [ChecklistStep] {
    var ticked: [String: Int] = [:]
    for step in self where step.isDone { ticked[step.text, default: 0] += 1 }
    return lines.map { line in
      guard let left = ticked[line], left > 0 else { return ChecklistStep(line) }
      ticked[line] = left - 1
      return ChecklistStep(line, isDone: true)
    }
  }

  package var doneCount: Int { count { $0.isDone } }
}
