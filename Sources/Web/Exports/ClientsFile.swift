import Domain
import Files
import HTTPTypes
import Hummingbird
import Markup
import NIOCore
import Store

extension Routes.Exports {
  /// The list as it is filtered and sorted, whole: the query is the list's.
  static let clients = Route<Void>(.get, "/clients/export", .may(.exportClients))
}

/// The clients of a list as one CSV file, for a spreadsheet and for importing elsewhere or here: the headings are those that an
/// import recognises.
enum ClientsFile {
  private static let pageSize = 500

  static func register(_ book: inout RouteBook) {
    book.on(Routes.Exports.clients) { call in
      let state = ListState(.clients, call.query.pairs)
      try await call.write { tx in
        try tx.require(.exportClients)
        tx.audit(.exported, .exportRun, nil, detail: "client list")
      }
      let headers: HTTPFields = [
        .contentType: "text/csv; charset=utf-8", .cacheControl: "no-store", .xContentTypeOptions: "nosniff",
        .contentDisposition: AttachmentDownload.disposition(call.words("export.clients_file", ["date": "\(call.today)"])),
      ]
      return Response(status: .ok, headers: headers, body: try body(call, state))
    }
  }

  /// A page of the list at a time: neither the rows nor the file are ever whole in memory.
  private static func body(_ call: Call, _ state: ListState) throws -> ResponseBody {
    let actor = try call.actor, site = call.site, words = call.words, start = state.cursor
    return ResponseBody { writer in
      let fields = try await site.store.read(as: actor, at: site.clock()) { try $0.customFields() }
      var csv = CSVWriter(header: headings(words) + fields.map(\.name))
      var cursor = start
      repeat {
        let place = cursor
        let (rows, next) = try await site.store.read(as: actor, at: site.clock()) { reader in
          let page = try reader.clients(state.filter, state.sort, after: place, limit: pageSize)
          let stored = try reader.storedClients(page.lines.map(\.id))
          let rows = page.lines.compactMap { line -> [String]? in
            guard let draft = stored[line.id]?.draft else { return nil }
            return cells(line, draft, words) + fields.map { draft.customValues[$0.id]?.stored ?? "" }
          }
          return (rows, page.next)
        }
        for row in rows { csv.write(row) }
        try await writer.write(ByteBuffer(bytes: csv.take()))
        cursor = next
      } while cursor != nil
      try await writer.finish(nil)
    }
  }

  private static let columns: [ImportField] = [
    .kind, .name, .givenName, .middleName, .familyName, .ownNumber, .email(nil), .phone(nil), .website(nil), .messenger(nil),
    .address(.street, nil), .address(.city, nil), .address(.postcode, nil), .address(.region, nil), .country, .language, .birthDate,
    .industry, .size, .legalName, .registrationNumber, .taxNumber, .tags, .relationship, .owner, .lastContact, .note,
  ]

  private static func headings(_ w: Words) -> [String] { columns.map { w($0.messageKey) } }

  private static func cells(_ line: ClientLine, _ draft: ClientDraft, _ w: Words) -> [String] {
    columns.map { cell($0, line, draft, w) ?? "" }
  }

  private static func cell(_ field: ImportField, _ line: ClientLine, _ draft: ClientDraft, _ w: Words) -> String? {
    switch field {
    case .kind: w("import.cell.\(draft.kind.rawValue)")
    case .name: draft.name
    case .givenName: draft.givenName
    case .middleName: draft.middleName
    case .familyName: draft.familyName
    case .ownNumber: draft.ownNumber
    case .email: contacts(.email, draft)
    case .phone: draft.contactPoints.filter { $0.kind == .phone }.map(\.key).joined(separator: "; ")
    case .website: contacts(.website, draft)
    case .messenger: contacts(.messenger, draft)
    case .address(let part, _): address(part, draft)
    case .country: draft.country?.code
    case .language: draft.language?.rawValue
    case .birthDate: draft.birthDate?.description
    case .industry: draft.industry
    case .size: draft.size?.rawValue
    case .legalName: draft.profile.legalName
    case .registrationNumber: draft.profile.registrationNumber
    case .taxNumber: draft.profile.taxNumber
    case .tags: draft.tags.joined(separator: ", ")
    case .relationship: line.relationship.map { $0.name ?? $0.key }
    case .owner: line.owner
    case .lastContact: line.lastContactAt.map { w.formats.zone.date($0).description }
    case .note: draft.note
    default: nil
    }
  }

  private static func contacts(_ kind: ContactPointKind, _ draft: ClientDraft) -> String {
    draft.contactPoints.filter { $0.kind == kind }.map(\.shown).joined(separator: "; ")
  }

  private static func address(_ part: AddressPart, _ draft: ClientDraft) -> String? {
    let address = draft.contactPoints.lazy.compactMap(\.postalAddress).first
    return switch part {
    case .street: address?.street
    case .city: address?.city
    case .postcode: address?.postcode
    case .region: address?.region
    case .whole: address?.line
    case .country: address?.country?.code
    }
  }
}
