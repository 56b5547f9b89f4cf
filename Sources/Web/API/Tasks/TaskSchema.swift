import Domain
import Store

/// Tasks as the API takes and gives them.
enum TaskSchema {
  static let filters = [
    APIParameter("who", .choice(TaskFilter.Who.self), "The token's own, or those of everyone it may see; all when absent."),
    APIParameter("state", .choice(TaskFilter.State.self), "Open when absent."),
    APIParameter("owner", .id, "Of one account."), APIParameter("client", .id, "For one client."),
  ]

  private static let details: [SchemaField] = [
    .may("note", .text(max: TaskDraft.noteLimit)), .may("clientId", Schema.id.orNull),
    .may("isImportant", .boolean), .may("dueDate", Schema.date.orNull),
    .may("dueTime", Schema.text(max: 8).orNull, "`16:30`; null: any time that day."),
    .may("zone", .text(max: 64), "Where date and time are meant: a name of the IANA database."),
    .may("rule", Schema.text(max: RecurrenceRule.textLimit).orNull, "An RRULE (RFC 5545) of days or longer periods; UNTIL is a day."),
    .may("basis", .choice(Recurrence.Basis.self), "What the next is counted from."),
  ]
  private static let step = Schema.object(Shape("TaskStepInput", [
    .must("text", .text(1...TaskDraft.stepLimit)), .may("isDone", .boolean),
  ]))
  private static let changeable: [SchemaField] = details + [
    .may("ownerId", .id, "Who is to do it."), .may("checklist", .list(of: step, max: TaskDraft.stepsLimit), "In place of the one before."),
  ]
  static let input = Schema.object(Shape("TaskInput", [.must("title", .text(1...TaskDraft.titleLimit))] + changeable))
  static let patch = Schema.object(Shape("TaskPatch", [.may("title", .text(1...TaskDraft.titleLimit))] + changeable))

  private static let shown: [SchemaField] = [
    .must("id", .id), .must("version", .version), .must("title", .text(max: TaskDraft.titleLimit)),
    .must("note", .text(max: TaskDraft.noteLimit)), .must("clientId", Schema.id.orNull, "null also where the caller may not see the client."),
    .must("ownerId", .id), .must("isImportant", .boolean), .must("dueDate", Schema.date.orNull), .must("dueTime", Schema.text(max: 8).orNull),
    .must("zone", Schema.text(max: 64).orNull), .must("rule", Schema.text(max: RecurrenceRule.textLimit).orNull),
    .must("basis", Schema.choice(Recurrence.Basis.self).orNull),
    .must("scheduledOn", Schema.date.orNull, "The day the rule gave, wherever the task was put off to."),
    .must("seriesId", Schema.id.orNull, "The first task of its series."), .must("authorId", Schema.id.orNull), .must("createdAt", .instant),
    .must("doneAt", Schema.instant.orNull), .must("doneBy", Schema.id.orNull),
    .must("stepCount", .integer(0...1000)), .must("stepsDone", .integer(0...1000)),
  ]
  static let task = Schema.object(Shape("Task", shown + [
    .must("checklist", .list(of: .shape("TaskStep", .must("id", .id), .must("text", .text(max: TaskDraft.stepLimit)), .must("isDone", .boolean)), max: 1000)),
  ]))
  static let page = ClientSchema.page("TaskPage", "tasks", .object(Shape("TaskLine", shown)))
}

extension JSONWriter {
  mutating func task(_ task: StoredTask) {
    object { w in
      w.taskFields(task)
      w.name("checklist")
      w.array(task.steps) { w, step in
        w.object { w in
          w.field("id", step.id)
          w.field("text", step.text)
          w.field("isDone", step.isDone)
        }
      }
    }
  }

  mutating func taskFields(_ task: StoredTask) {
    field("id", task.id)
    field("version", task.version)
    field("title", task.title)
    field("note", task.note)
    field("clientId", task.clientID)
    field("ownerId", task.ownerID)
    field("isImportant", task.isImportant)
    field("dueDate", task.due?.date)
    field("dueTime", task.due?.time?.description)
    field("zone", task.due?.zone.name)
    field("rule", task.recurrence?.rule.text)
    field("basis", word: task.recurrence?.basis)
    field("scheduledOn", task.scheduledOn)
    field("seriesId", task.seriesID)
    field("authorId", task.authorID)
    field("createdAt", task.createdAt)
    field("doneAt", task.doneAt)
    field("doneBy", task.doneByID)
    field("stepCount", task.stepCount)
    field("stepsDone", task.stepsDone)
  }
}
