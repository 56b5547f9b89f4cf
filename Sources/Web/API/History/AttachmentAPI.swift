import Domain
import HTTPTypes
import Hummingbird
import Store

extension Routes.API {
  static let addAttachments = APIRoute<HistoryID>(.post, "/history/:id/attachments", .logContacts, APIOperation(
    id: "addAttachments", group: .history, summary: "Keep files with an entry of one's own",
    body: APIBody(kind: .files, schema: AttachmentAPI.upload), answer: .made(HistorySchema.entry)))
  static let attachment = APIRoute<AttachmentID>(.get, "/attachments/:id", .viewHistory, APIOperation(
    id: "readAttachment", group: .history, summary: "A file", answer: .file))
}

/// Files of entries.
enum AttachmentAPI {
  static let upload = Schema.shape("Upload", .must("files", .list(of: .binary, max: 100), "Parts named `files`."))

  static func register(_ api: inout APIBook) {
    api.add(Routes.API.addAttachments) { call, _, id in
      let form = try await call.uploadForm()
      let files = LogForm.files(form)
      if let other = (form.fields.keys + form.files.keys.filter { $0 != "files" }).sorted().first {
        throw InvalidForm([FieldMessage(field: other, key: "api.unknown_field")])
      }
      if files.isEmpty { throw InvalidForm([FieldMessage(field: "files", key: "field.required")]) }
      return try await call.write { tx in
        try tx.attach(files, to: id)
        return try HistoryAPI.answer(tx, id, status: 201)
      }.response(to: call)
    }
    api.add(Routes.API.attachment) { call, _, id in try await AttachmentDownload.answer(call, id) }
  }
}
