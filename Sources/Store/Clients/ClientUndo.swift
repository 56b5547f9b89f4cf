enum ClientUndo {
  static let kinds: [String: Undoing.TakeBack] = [
    "clients.step": Transaction.undoStep, "clients.owner": Transaction.undoOwners, "clients.tags": Transaction.undoTags,
    "clients.tag_removed": Transaction.undoRemovedTag,
  ]
}
