import Domain
import HTTPTypes

extension Routes {
  enum Tasks {
    static let list = Route<Void>(.get, "/tasks", .may(.viewTasks))
    static let new = Route<Void>(.get, "/tasks/new", .may(.editTasks))
    static let add = Route<Void>(.post, "/tasks/new", .may(.editTasks))
    /// For a client.
    static let newFor = Route<ClientID>(.get, "/clients/:id/tasks/new", .may(.editTasks))
    static let page = Route<TaskID>(.get, "/tasks/:id", .may(.viewTasks))
    static let edit = Route<TaskID>(.get, "/tasks/:id/edit", .may(.editTasks))
    static let save = Route<TaskID>(.post, "/tasks/:id/edit", .may(.editTasks))
    static let done = Route<TaskID>(.post, "/tasks/:id/done", .may(.editTasks))
    static let reopen = Route<TaskID>(.post, "/tasks/:id/reopening", .may(.editTasks))
    static let postpone = Route<TaskID>(.get, "/tasks/:id/postponement", .may(.editTasks))
    static let postponeSave = Route<TaskID>(.post, "/tasks/:id/postponement", .may(.editTasks))
    static let hand = Route<TaskID>(.get, "/tasks/:id/owner", .may(.editTasks))
    static let handSave = Route<TaskID>(.post, "/tasks/:id/owner", .may(.editTasks))
    static let delete = Route<TaskID>(.post, "/tasks/:id/deletion", .may(.editTasks))
    static let addStep = Route<TaskID>(.post, "/tasks/:id/steps", .may(.editTasks))
    static let tick = Route<TaskStepID>(.post, "/task-steps/:id/tick", .may(.editTasks))
    static let untick = Route<TaskStepID>(.post, "/task-steps/:id/untick", .may(.editTasks))
  }
}

/// Work of our own that nobody was promised.
enum Tasks {
  static func register(_ book: inout RouteBook) {
    TaskList.register(&book)
    TaskFormPages.register(&book)
    TaskPage.register(&book)
    TaskSteps.register(&book)
  }
}
