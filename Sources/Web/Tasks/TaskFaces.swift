import Domain
import Markup
import Store

/// A due task on the page Today: by its title, with its page behind.
enum TaskFaces {
  static let all: [ReasonKind: ReasonFace] = [
    .task: ReasonFace(icon: "task", done: .finish, link: { Routes.Tasks.page(TaskID(rawValue: $0)) })
  ]
}
